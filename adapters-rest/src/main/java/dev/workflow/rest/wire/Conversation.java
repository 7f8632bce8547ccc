package dev.workflow.rest.wire;

import dev.workflow.application.Lifecycle;
import dev.workflow.domain.Fault;
import dev.workflow.rest.metrics.RequestMethod;
import dev.workflow.rest.problem.Problem;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelPromise;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.GenericFutureListener;
import io.netty.util.concurrent.PromiseNotifier;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * One connection, between the HTTP codec and Micronaut. Answers what is no valid request or does not come in time, and gives
 * every answer the headers that all have.
 *
 * <p>Requests may follow one another without waiting for answers. Each is passed on once the one before is answered and its
 * client has taken most of the answer: what a request does is there for the next one, and answers that nobody reads do not pile
 * up.
 */
final class Conversation extends ChannelDuplexHandler {
    private static final System.Logger LOG = System.getLogger(Conversation.class.getName());

    /** What it takes to keep a part of a body, beside its bytes. */
    private static final int BOOKKEEPING_BYTES = 256;

    private final Lifecycle lifecycle;
    private final IncomingRequest incoming;
    private final RequestTimes times;
    private final Routes routes;
    /** What came after a request that is still being answered: the head of the next one, and whatever follows it. */
    private final Deque<Object> waiting = new ArrayDeque<>(1);
    /** What the answer to the request is to be known by. */
    private @Nullable String id;

    private Stage stage = Stage.IDLE;
    /** Whether the answer has no other end than that of the connection. */
    private boolean endsWithConnection;
    /** Whether the request's client may be waiting for a go-ahead before it sends the body. */
    private boolean awaitsGoAhead;
    /** Whether the client said that it sends no request after this one. */
    private boolean lastRequest;

    private End end = End.OPEN;

    /** How far the request is that was passed on. */
    private enum Stage {
        /** There is none whose answer has not gone out as a whole. */
        IDLE,
        UNANSWERED,
        /** A part of the answer has gone out. */
        ANSWERING
    }

    /** How near the end of the connection is. It only comes nearer. */
    private enum End {
        OPEN,
        /** Nothing more that comes is looked at. */
        AFTER_THIS_ANSWER,
        /** Nothing more is written, either. */
        OVER,
        /** What was written goes out, then only the client's end of it is open. */
        PARTING;

        boolean isAtLeast(End other) {
            return compareTo(other) >= 0;
        }
    }

    Conversation(Lifecycle lifecycle, IncomingRequest incoming, RequestTimes times, Routes routes) {
        this.lifecycle = lifecycle;
        this.times = times;
        this.routes = routes;
        this.incoming = incoming;
        incoming.whenLate(this::late);
    }

    /** Whether no request waits, so that there may be more of them. */
    boolean isOpen() {
        return waiting.isEmpty() || end != End.OPEN;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        boolean early = message instanceof HttpRequest && !isReady(ctx);
        if ((early || !waiting.isEmpty()) && end == End.OPEN) {
            waiting.add(message);
        } else {
            take(ctx, message);
        }
    }

    /** Whether the request before is answered, and its answer not stuck on the way. */
    private boolean isReady(ChannelHandlerContext ctx) {
        return stage == Stage.IDLE && ctx.channel().isWritable();
    }

    /** Whoever writes the last of an answer may find that it is closed before the method returns. */
    private void approach(End nearer) {
        if (nearer.isAtLeast(end)) {
            end = nearer;
        }
    }

    private void take(ChannelHandlerContext ctx, Object message) {
        if (end != End.OPEN) {
            ReferenceCountUtil.release(message);
            return;
        }
        awaitsGoAhead =
                message instanceof HttpRequest request && request.headers().contains(HttpHeaderNames.EXPECT);
        switch (message) {
            case HttpRequest request -> begin(ctx, request);
            case HttpContent content when content.decoderResult().isFailure() -> breakOff(ctx, content);
            case LastHttpContent last -> {
                incoming.complete();
                ctx.fireChannelRead(last);
            }
            case HttpContent content when stage != Stage.IDLE -> keep(ctx, content);
            default -> ctx.fireChannelRead(message);
        }
    }

    /** Not at once: whoever writes the end of an answer, or makes room for more, is in the midst of it. */
    private void goOnSoon(ChannelHandlerContext ctx) {
        if (!waiting.isEmpty()) {
            ctx.executor().execute(() -> goOn(ctx));
        }
    }

    /** Takes the next request of those that wait, or what there is of it. */
    private void goOn(ChannelHandlerContext ctx) {
        if (waiting.isEmpty() || !isReady(ctx)) {
            return;
        }
        // its time was not running as long as nothing was read
        incoming.complete();
        do {
            take(ctx, waiting.remove());
        } while (!waiting.isEmpty() && !(waiting.peek() instanceof HttpRequest));
        channelReadComplete(ctx);
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ctx) {
        ctx.fireChannelWritabilityChanged();
        goOnSoon(ctx);
    }

    private void begin(ChannelHandlerContext ctx, HttpRequest request) {
        Problem problem = HeadCheck.problemOf(request);
        times.enter(problem == null ? routes.of(request.uri()) : routes.none(), methodOf(request));
        id = RequestIds.of(request.headers().get(RequestIds.HEADER));
        lastRequest = request.headers().containsValue(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE, true);
        if (problem == null) {
            incoming.begin();
            stage = Stage.UNANSWERED;
            request.headers().set(RequestIds.HEADER, id);
            ctx.fireChannelRead(request);
        } else {
            ReferenceCountUtil.release(request);
            sayLastWord(ctx, problem);
        }
    }

    /** What could not be read has the codec's own method in place of the client's. */
    private static RequestMethod methodOf(HttpRequest request) {
        return request.decoderResult().isFailure()
                ? RequestMethod.OTHER
                : RequestMethod.of(request.method().name());
    }

    /**
     * Passes on a part of a body that is kept until the rest is there. It is copied, as it is a part of what was read at once, and
     * may be the smallest part of that.
     */
    private void keep(ChannelHandlerContext ctx, HttpContent content) {
        ByteBuf bytes = content.content();
        if (!incoming.take(bytes.readableBytes() + BOOKKEEPING_BYTES)) {
            cut(
                    ctx,
                    content,
                    new Fault.Overloaded("Other bodies that are coming take the memory that there is for them."));
            return;
        }
        try {
            ctx.fireChannelRead(
                    content.replace(ctx.alloc().buffer(bytes.readableBytes()).writeBytes(bytes)));
        } finally {
            content.release();
        }
    }

    /** The body's framing is broken: where it ends, and another request begins, can never be known. */
    private void breakOff(ChannelHandlerContext ctx, HttpContent content) {
        if (stage != Stage.IDLE) {
            cut(ctx, content, new BrokenBodyException());
        } else {
            approach(End.AFTER_THIS_ANSWER);
            content.release();
            var _ = ctx.close();
        }
    }

    /** Nothing of the body is kept, and nothing more is read. */
    private void cut(ChannelHandlerContext ctx, HttpContent content, Exception reason) {
        approach(End.AFTER_THIS_ANSWER);
        content.release();
        incoming.complete();
        ctx.fireExceptionCaught(reason);
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        if (waiting.isEmpty()) {
            incoming.readComplete(ctx);
        }
        ctx.fireChannelReadComplete();
    }

    private void late(ChannelHandlerContext ctx) {
        if (end.isAtLeast(End.OVER)) {
            return;
        }
        boolean asked = stage != Stage.IDLE;
        if (!waiting.isEmpty() || (asked && !incoming.hasHead())) {
            // Not the client is slow: nothing is read from it while it waits for us.
            incoming.restart(ctx);
        } else if (stage == Stage.ANSWERING || (incoming.hasHead() && !asked)) {
            // The answer did not need the body.
            approach(End.OVER);
            var _ = ctx.close();
        } else {
            sayLastWord(ctx, incoming.problem());
            if (asked) {
                ctx.fireExceptionCaught(new BrokenBodyException());
            }
        }
    }

    private void sayLastWord(ChannelHandlerContext ctx, Problem problem) {
        FullHttpResponse response = ProblemResponse.of(problem);
        stamp(response);
        times.end();
        incoming.complete();
        approach(End.OVER);
        var _ = ctx.writeAndFlush(response).addListener(ChannelFutureListener.CLOSE);
    }

    @Override
    public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
        if (end.isAtLeast(End.OVER)) {
            ReferenceCountUtil.release(message);
            return;
        }
        if (message instanceof HttpResponse response) {
            if (response.status().codeClass() == HttpStatusClass.INFORMATIONAL) {
                awaitsGoAhead = false;
                var _ = ctx.write(message, promise);
                return;
            }
            // a client that gets an answer instead may send the body or not, so nothing can be read after it
            if (awaitsGoAhead || lastRequest || !HttpUtil.isKeepAlive(response)) {
                approach(End.AFTER_THIS_ANSWER);
            }
            stage = Stage.ANSWERING;
            endsWithConnection = delimitByItsEnd(response);
            stamp(response);
        }
        if (message instanceof LastHttpContent) {
            writeEnd(ctx, message, promise);
        } else {
            var _ = ctx.write(message, promise);
        }
    }

    /** Before HTTP/1.1 there are no chunks: a body of unknown length ends with the connection. */
    private static boolean delimitByItsEnd(HttpResponse response) {
        boolean chunked = response.headers().contains(HttpHeaderNames.TRANSFER_ENCODING);
        if (!chunked || response.protocolVersion().isKeepAliveDefault()) {
            return false;
        }
        response.headers().remove(HttpHeaderNames.TRANSFER_ENCODING);
        return true;
    }

    @Override
    public void close(ChannelHandlerContext ctx, ChannelPromise promise) {
        if (stage == Stage.ANSWERING && endsWithConnection) {
            // The cut body must not look whole, so the connection is reset.
            ctx.channel().config().setOption(ChannelOption.SO_LINGER, 0);
        } else if (end == End.PARTING) {
            // Micronaut closes as well what it knows to be the last answer
            var _ = PromiseNotifier.cascade(ctx.channel().closeFuture(), promise);
            return;
        } else if ((end != End.OPEN || !waiting.isEmpty())
                && ctx.channel() instanceof SocketChannel socket
                && socket.isActive()) {
            approach(End.PARTING);
            Parting.begin(ctx, socket, promise);
            return;
        }
        var _ = ctx.close(promise);
    }

    private void writeEnd(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
        stage = Stage.IDLE;
        times.end();
        incoming.free();
        if (isLast()) {
            var _ = ctx.write(message, promise.unvoid().addListener(closing(ctx)));
            approach(End.OVER);
        } else {
            var _ = ctx.write(message, promise);
            goOnSoon(ctx);
        }
    }

    /** A client that sends nothing more and stays all the same must not hold up the end of the service. */
    private GenericFutureListener<ChannelFuture> closing(ChannelHandlerContext ctx) {
        boolean onlyDraining = end == End.OPEN && waiting.isEmpty();
        return onlyDraining ? _ -> closeWholly(ctx) : ChannelFutureListener.CLOSE;
    }

    private static void closeWholly(ChannelHandlerContext ctx) {
        var _ = ctx.close();
    }

    /** Whether the connection ends with this answer. */
    private boolean isLast() {
        return end != End.OPEN || lifecycle.isDraining();
    }

    private void stamp(HttpResponse response) {
        times.head(response.status().code());
        response.headers().set(RequestIds.HEADER, id == null ? RequestIds.make() : id);
        id = null;
        response.headers().set(HttpHeaderNames.DATE, HttpDate.now());
        if (isLast()) {
            response.headers().set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        if (cause instanceof DecoderException) {
            LOG.log(System.Logger.Level.DEBUG, "A connection sent what cannot be decoded.", cause);
            if (end == End.OPEN) {
                var _ = ctx.close();
            }
        } else {
            ctx.fireExceptionCaught(cause);
        }
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
        incoming.complete();
        waiting.forEach(ReferenceCountUtil::release);
        waiting.clear();
        if (stage == Stage.ANSWERING) {
            // cut in the middle, and an answer all the same
            times.end();
        }
        times.writtenOut(times.answered());
    }
}
