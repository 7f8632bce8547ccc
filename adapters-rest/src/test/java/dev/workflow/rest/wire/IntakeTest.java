package dev.workflow.rest.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the codec is given, and when. */
final class IntakeTest {
    private static final String SHORT = "A / HTTP/1.0\r\n\r\n";

    private final AtomicInteger waiting = new AtomicInteger();
    private final IncomingRequest incoming =
            new IncomingRequest(GlobalEventExecutor.INSTANCE, Duration.ofHours(1), new BodyRoom(null));
    private final Messages messages = new Messages();
    private final EmbeddedChannel channel =
            new EmbeddedChannel(new Intake(incoming, () -> waiting.get() == 0), new HttpServerCodec(), messages);

    private void send(String bytes) {
        channel.writeInbound(buffer(bytes));
    }

    private static ByteBuf buffer(String bytes) {
        return Unpooled.copiedBuffer(bytes, StandardCharsets.ISO_8859_1);
    }

    /** All kinds of requests, with lines that are shorter and longer than a piece. */
    private static String requests(Random random) {
        return IntStream.range(0, 40)
                .mapToObj(i -> {
                    String line = "x".repeat(random.nextInt(10) == 0 ? random.nextInt(4000) : random.nextInt(50));
                    return switch (random.nextInt(3)) {
                        case 0 -> "GET /" + line + " HTTP/1.1\r\nHost: a\r\n\r\n";
                        case 1 ->
                            "POST / HTTP/1.1\r\nX: " + line + "\r\nContent-Length: " + line.length() + "\r\n\r\n"
                                    + line;
                        default ->
                            "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n"
                                    + (line.isEmpty()
                                            ? ""
                                            : Integer.toHexString(line.length()) + "\r\n" + line + "\r\n")
                                    + "0\r\nTrailer: " + line + "\r\n\r\n";
                    };
                })
                .collect(Collectors.joining());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 100, 1023, 1025, 3000, 100_000})
    void howeverBytesComeTheSameRequestsAreMadeOfThem(int atMost) {
        Random random = new Random(atMost);
        for (int run = 0; run < 10; run++) {
            String requests = requests(random);
            Messages whole = new Messages();
            EmbeddedChannel codec = new EmbeddedChannel(new HttpServerCodec(), whole);
            codec.writeInbound(buffer(requests));
            messages.text.setLength(0);

            for (int start = 0; start < requests.length(); ) {
                int end = Math.min(requests.length(), start + 1 + random.nextInt(atMost));
                send(requests.substring(start, end));
                start = end;
            }

            assertThat(messages.text.toString().equals(whole.text.toString()))
                    .as("in run %d", run)
                    .isTrue();
            codec.finishAndReleaseAll();
        }
    }

    @Test
    void fewAreMadeAheadOfTheOneThatWaits() {
        int sent = 10_000;
        messages.whenFound = waiting::incrementAndGet;
        send(SHORT.repeat(sent));
        int answered = 0;
        while (waiting.get() > 0) {
            assertThat(waiting).hasValueLessThan(128);
            answered += waiting.getAndSet(0);
            channel.read();
            channel.runPendingTasks();
        }
        assertThat(answered).isEqualTo(sent);
    }

    @Test
    void nothingIsReadWhileOneWaits() {
        AtomicInteger reads = new AtomicInteger();
        EmbeddedChannel counting = new EmbeddedChannel(
                new ChannelOutboundHandlerAdapter() {
                    @Override
                    public void read(ChannelHandlerContext ctx) {
                        reads.incrementAndGet();
                    }
                },
                new Intake(incoming, () -> waiting.get() == 0));
        waiting.set(1);
        int before = reads.get();
        counting.read();
        assertThat(reads).hasValue(before);
        waiting.set(0);
        counting.read();
        assertThat(reads).hasValue(before + 1);
    }

    @Test
    void keepsNoMemoryOfWhatWasTaken() {
        ByteBuf bytes = buffer("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
        channel.writeInbound(bytes);
        assertThat(bytes.refCnt()).isZero();
        ByteBuf begun = buffer("GET /");
        channel.writeInbound(begun);
        assertThat(begun.refCnt()).isPositive();
        channel.finishAndReleaseAll();
        assertThat(begun.refCnt()).isZero();
    }

    /** Writes down what came, and is as an answer to each request. */
    private static final class Messages extends ChannelInboundHandlerAdapter {
        private final StringBuilder text = new StringBuilder();
        private Runnable whenFound = () -> {};

        @Override
        public void channelRead(ChannelHandlerContext ctx, Object message) {
            if (message instanceof HttpRequest request) {
                text.append(request.method()).append(request.uri()).append(request.headers());
                whenFound.run();
            }
            if (message instanceof HttpContent content) {
                text.append(content.content().toString(StandardCharsets.ISO_8859_1));
                content.release();
            }
            if (message instanceof LastHttpContent last) {
                text.append(last.trailingHeaders()).append('\n');
                var _ = ctx.writeAndFlush(new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.OK));
            }
        }
    }
}
