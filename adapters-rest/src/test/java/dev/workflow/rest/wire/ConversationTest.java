package dev.workflow.rest.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.workflow.application.Lifecycle;
import dev.workflow.domain.Fault;
import dev.workflow.rest.metrics.RequestDurations;
import io.micronaut.web.router.Router;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** When a request is passed on, and what it may keep and take until then. */
final class ConversationTest {
    private final BodyRoom room = new BodyRoom(3000L);
    private final EmbeddedChannel channel = new EmbeddedChannel();
    private final IncomingRequest incoming = connect(channel);

    private IncomingRequest connect(EmbeddedChannel connection) {
        IncomingRequest request = new IncomingRequest(connection.eventLoop(), Duration.ofMinutes(60), room);
        Conversation conversation = new Conversation(new Lifecycle(), new RequestTimes((_, _, _, _) -> {}));
        Turns turns = new Turns(conversation, request);
        Routes routes = new Routes(noRoutes(), new RequestDurations());
        connection
                .pipeline()
                .addLast(
                        turns,
                        new Outbound(conversation, turns, request),
                        new Inbound(conversation, turns, request, routes));
        return request;
    }

    static Router noRoutes() {
        return (Router) Proxy.newProxyInstance(
                Router.class.getClassLoader(), new Class<?>[] {Router.class}, (_, _, _) -> Stream.empty());
    }

    private void ask(String path) {
        HttpRequest request = new DefaultHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.GET, path);
        request.headers().set(HttpHeaderNames.HOST, "a");
        var _ = channel.writeInbound(request, LastHttpContent.EMPTY_LAST_CONTENT);
    }

    private void answer() {
        var _ = channel.writeOutbound(new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.OK));
    }

    private void takesMore(boolean whether) {
        channel.unsafe().outboundBuffer().setUserDefinedWritability(1, whether);
        channel.runPendingTasks();
    }

    /** The path of the next request that was passed on, if there is one. */
    private String asked() {
        HttpRequest request = channel.readInbound();
        if (request == null) {
            return "nothing";
        }
        assertThat(channel.<Object>readInbound()).isInstanceOf(LastHttpContent.class);
        return request.uri();
    }

    private static void begin(EmbeddedChannel connection) {
        HttpRequest request = new DefaultHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.POST, "/");
        request.headers().set(HttpHeaderNames.HOST, "a").set(HttpHeaderNames.CONTENT_LENGTH, 9999);
        var _ = connection.writeInbound(request);
    }

    private static HttpContent kibibyte() {
        return new DefaultHttpContent(Unpooled.wrappedBuffer(new byte[1 << 10]));
    }

    /** The beginning of the second one's head comes with the first, the rest of the head later. */
    private void askOneAndAHalf() {
        ask("/1");
        incoming.bytesCame(true);
        var _ = channel.flushInbound();
        incoming.bytesCame(false);
        begin(channel);
    }

    private void pass(int minutes) {
        channel.advanceTimeBy(minutes, TimeUnit.MINUTES);
        channel.runPendingTasks();
    }

    private boolean isRefused() {
        return channel.readOutbound() instanceof FullHttpResponse response
                && response.status().equals(HttpResponseStatus.REQUEST_TIMEOUT);
    }

    @Test
    void oneAfterTheOther() {
        ask("/1");
        ask("/2");
        ask("/3");
        for (String path : new String[] {"/1", "/2", "/3"}) {
            assertThat(asked()).isEqualTo(path);
            assertThat(asked()).isEqualTo("nothing");
            answer();
        }
    }

    @Test
    void onceMostOfTheAnswerBeforeIsTaken() {
        ask("/1");
        ask("/2");
        takesMore(false);
        answer();
        ask("/3");
        assertThat(asked()).isEqualTo("/1");
        assertThat(asked()).isEqualTo("nothing");
        takesMore(true);
        assertThat(asked()).isEqualTo("/2");
        assertThat(asked()).isEqualTo("nothing");
    }

    @Test
    void bodiesThatAreComingOnAllConnectionsShareTheRoom() {
        EmbeddedChannel other = new EmbeddedChannel();
        connect(other);
        begin(channel);
        begin(other);
        var _ = channel.writeInbound(kibibyte());
        var _ = other.writeInbound(kibibyte());
        assertThatThrownBy(() -> other.writeInbound(kibibyte())).isInstanceOf(Fault.Overloaded.class);
        var _ = channel.writeInbound(kibibyte());
        assertThatThrownBy(() -> channel.writeInbound(kibibyte())).isInstanceOf(Fault.Overloaded.class);
    }

    @Test
    void aPartOfABodyThatIsKeptDoesNotKeepAllThatCameWithIt() {
        begin(channel);
        HttpContent part = kibibyte();
        var _ = channel.writeInbound(part);
        assertThat(part.refCnt()).isZero();
        assertThat(channel.<HttpRequest>readInbound()).isNotNull();
        assertThat(channel.<HttpContent>readInbound().content().readableBytes()).isEqualTo(1 << 10);
    }

    @Test
    void whatWaitsForUsIsNotLate() {
        channel.freezeTime();
        askOneAndAHalf();
        takesMore(false);
        answer();
        var _ = channel.<Object>readOutbound();
        pass(61);
        assertThat(isRefused()).isFalse();
    }

    @Test
    void theTimeForTheRestBeginsOnceItNeedNotWait() {
        channel.freezeTime();
        askOneAndAHalf();
        pass(59);
        answer();
        channel.runPendingTasks();
        var _ = channel.<Object>readOutbound();
        pass(59);
        assertThat(isRefused()).isFalse();
        pass(2);
        assertThat(isRefused()).isTrue();
    }
}
