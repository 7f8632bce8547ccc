package dev.workflow.rest.wire;

import dev.workflow.application.Lifecycle;
import dev.workflow.rest.metrics.RequestMethod;
import dev.workflow.rest.problem.Problem;
import io.netty.channel.ChannelDuplexHandler;
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
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * One connection, between the HTTP codec and Micronaut. Answers what is no valid request or does not come in time, and gives
 * every answer the headers that all have.
 *
 * <p>Requests may follow one another without waiting for answers. So an answer of its own waits until all requests before it
 * are answered.
 */
final class Conversation extends ChannelDuplexHandler {
    private static final System.Logger LOG = System.getLogger(Conversation.class.getName());

    private final Lifecycle lifecycle;
    private final IncomingRequest incoming;
    private final RequestIds ids = new RequestIds();
    private final RequestTimes times;
    private final Routes routes;
    /** Requests that were passed on and whose answers have not gone out as a whole. */
    private int unanswered;
    /** Whether a part of the oldest unanswered request's answer has gone out. */
    private boolean answering;
    /** Whether that answer has no other end than that of the connection. */
    private boolean endsWithConnection;
    /** What is still to be said before the connection is closed. */
    private @Nullable Problem lastWord;
    /** Whether the newest request's client may be waiting for a go-ahead before it sends the body. */
    private boolean awaitsGoAhead;
    /** Whether the client said that it sends no request after the newest one. */
    private boolean lastRequest;
    /** Whether the connection ends once all that was asked is answered. */
    private boolean ending;
    /** Whether nothing may be written or read any more. */
    private boolean over;

    private boolean parting;

    Conversation(Lifecycle lifecycle, Duration requestTimeout, RequestTimes times, Routes routes) {
        this.lifecycle = lifecycle;
        this.times = times;
        this.routes = routes;
        this.incoming = new IncomingRequest(requestTimeout, this::late);
    }

    /** Stands before the codec and notices bytes that are no whole message yet. */
    FirstBytes firstBytes() {
        return new FirstBytes(incoming);
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        if (over || ending) {
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
                ending |= lastRequest;
                ctx.fireChannelRead(last);
            }
            default -> ctx.fireChannelRead(message);
        }
    }

    private void begin(ChannelHandlerContext ctx, HttpRequest request) {
        Problem problem = HeadCheck.problemOf(request);
        times.enter(problem == null ? routes.of(request.uri()) : routes.none(), methodOf(request));
        String id = ids.enter(request.headers().get(RequestIds.HEADER));
        lastRequest = request.headers().containsValue(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE, true);
        if (problem == null) {
            incoming.begin();
            unanswered++;
            request.headers().set(RequestIds.HEADER, id);
            ctx.fireChannelRead(request);
        } else {
            ReferenceCountUtil.release(request);
            incoming.complete();
            conclude(ctx, problem);
        }
    }

    /** What could not be read has the codec's own method in place of the client's. */
    private static RequestMethod methodOf(HttpRequest request) {
        return request.decoderResult().isFailure()
                ? RequestMethod.OTHER
                : RequestMethod.of(request.method().name());
    }

    /** The body's framing is broken: where it ends, and another request begins, can never be known. */
    private void breakOff(ChannelHandlerContext ctx, HttpContent content) {
        content.release();
        incoming.complete();
        ending = true;
        if (unanswered == 0) {
            var _ = ctx.close();
        } else {
            ctx.fireExceptionCaught(new BrokenBodyException());
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        incoming.readComplete(ctx);
        ctx.fireChannelReadComplete();
    }

    private void late(ChannelHandlerContext ctx) {
        int earlier = incoming.hasHead() ? unanswered - 1 : unanswered;
        if (earlier > 0) {
            // Not the client is slow: nothing is read from it while it waits for us.
            incoming.restart(ctx);
        } else if (answering || earlier < 0) {
            // The answer did not need the body.
            over = true;
            var _ = ctx.close();
        } else {
            sayLastWord(ctx, incoming.problem());
        }
    }

    private void conclude(ChannelHandlerContext ctx, Problem problem) {
        ending = true;
        if (unanswered == 0) {
            sayLastWord(ctx, problem);
        } else {
            lastWord = problem;
        }
    }

    private void sayLastWord(ChannelHandlerContext ctx, Problem problem) {
        FullHttpResponse response = ProblemResponse.of(problem);
        stamp(response);
        times.end();
        ending = true;
        over = true;
        var _ = ctx.writeAndFlush(response).addListener(ChannelFutureListener.CLOSE);
    }

    @Override
    public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
        if (over) {
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
            ending |= (awaitsGoAhead || lastRequest) && unanswered == 1;
            answering = true;
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
        if (answering && endsWithConnection) {
            // The cut body must not look whole, so the connection is reset.
            ctx.channel().config().setOption(ChannelOption.SO_LINGER, 0);
        } else if (ending && !parting && ctx.channel() instanceof SocketChannel socket && socket.isActive()) {
            parting = true;
            Parting.begin(ctx, socket, promise);
            return;
        }
        var _ = ctx.close(promise);
    }

    private void writeEnd(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
        answering = false;
        unanswered--;
        times.end();
        boolean last = unanswered == 0 && (ending || endsWithConnection || lifecycle.isDraining());
        if (last && lastWord == null) {
            var _ = ctx.write(message, promise.unvoid().addListener(ChannelFutureListener.CLOSE));
            return;
        }
        var _ = ctx.write(message, promise);
        if (last && lastWord != null) {
            sayLastWord(ctx, lastWord);
        }
    }

    private void stamp(HttpResponse response) {
        times.head(response.status().code());
        response.headers().set(RequestIds.HEADER, ids.next());
        response.headers().set(HttpHeaderNames.DATE, HttpDate.now());
        boolean last = ending && unanswered == 1 && lastWord == null;
        if (lifecycle.isDraining() || last || endsWithConnection) {
            response.headers().set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        if (cause instanceof DecoderException) {
            LOG.log(System.Logger.Level.DEBUG, "A connection sent what cannot be decoded.", cause);
            var _ = ctx.close();
        } else {
            ctx.fireExceptionCaught(cause);
        }
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
        incoming.complete();
        if (answering) {
            // cut in the middle, and an answer all the same
            times.end();
        }
        times.writtenOut(times.answered());
    }
}
