package dev.workflow.rest.wire;

import dev.workflow.domain.Fault;
import dev.workflow.rest.metrics.RequestMethod;
import dev.workflow.rest.metrics.Route;
import dev.workflow.rest.problem.Problem;
import dev.workflow.rest.wire.Conversation.End;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;

/** The requests of one connection, on their way to Micronaut. Answers what is no valid request or does not come in time. */
final class Inbound extends ChannelInboundHandlerAdapter {
    private static final System.Logger LOG = System.getLogger(Inbound.class.getName());

    /** What it takes to keep a part of a body, beside its bytes. */
    private static final int BOOKKEEPING_BYTES = 256;

    private final Conversation conversation;
    private final Turns turns;
    private final IncomingRequest incoming;
    private final Routes routes;

    Inbound(Conversation conversation, Turns turns, IncomingRequest incoming, Routes routes) {
        this.conversation = conversation;
        this.turns = turns;
        this.incoming = incoming;
        this.routes = routes;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        incoming.whenLate(() -> late(ctx));
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        switch (message) {
            case HttpRequest request -> begin(ctx, request);
            case HttpContent content -> goOn(ctx, content);
            default -> ctx.fireChannelRead(message);
        }
    }

    private void begin(ChannelHandlerContext ctx, HttpRequest request) {
        Problem problem = HeadCheck.problemOf(request);
        Route route = problem == null ? routes.of(request.uri()) : routes.none();
        String id = conversation.ask(route, methodOf(request), request.headers());
        if (problem == null) {
            if (hasBody(request)) {
                incoming.begin();
            } else {
                incoming.complete();
            }
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

    private static boolean hasBody(HttpRequest request) {
        return HttpUtil.isTransferEncodingChunked(request) || HttpUtil.getContentLength(request, 0L) > 0;
    }

    private void goOn(ChannelHandlerContext ctx, HttpContent content) {
        conversation.goAhead();
        if (content.decoderResult().isFailure()) {
            breakOff(ctx, content);
        } else if (content instanceof LastHttpContent) {
            incoming.complete();
            ctx.fireChannelRead(content);
        } else if (conversation.isIdle()) {
            ctx.fireChannelRead(content);
        } else {
            keep(ctx, content);
        }
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
        if (conversation.isIdle()) {
            conversation.approach(End.AFTER_THIS_ANSWER);
            content.release();
            var _ = ctx.close();
        } else {
            cut(ctx, content, new BrokenBodyException());
        }
    }

    /** Nothing of the body is kept, and nothing more is read. */
    private void cut(ChannelHandlerContext ctx, HttpContent content, Exception reason) {
        conversation.approach(End.AFTER_THIS_ANSWER);
        content.release();
        incoming.complete();
        ctx.fireExceptionCaught(reason);
    }

    private void late(ChannelHandlerContext ctx) {
        if (conversation.isOver() || !ctx.channel().isActive()) {
            return;
        }
        boolean asked = !conversation.isIdle();
        if (turns.isAwaited() || (asked && !incoming.isBodyComing())) {
            // Not the client is slow: nothing is read from it while it waits for us.
            incoming.restart();
        } else if (conversation.isAnswering() || (incoming.isBodyComing() && !asked)) {
            // The answer did not need the body.
            conversation.approach(End.OVER);
            var _ = ctx.close();
        } else {
            sayLastWord(ctx, incoming.problem());
            if (asked) {
                ctx.fireExceptionCaught(new BrokenBodyException());
            }
        }
    }

    private void sayLastWord(ChannelHandlerContext ctx, Problem problem) {
        incoming.complete();
        conversation.approach(End.AFTER_THIS_ANSWER);
        var _ = ctx.writeAndFlush(ProblemResponse.of(problem));
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        if (cause instanceof DecoderException) {
            LOG.log(System.Logger.Level.DEBUG, "A connection sent what cannot be decoded.", cause);
            if (conversation.isOpen()) {
                var _ = ctx.close();
            }
        } else {
            ctx.fireExceptionCaught(cause);
        }
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
        incoming.complete();
    }
}
