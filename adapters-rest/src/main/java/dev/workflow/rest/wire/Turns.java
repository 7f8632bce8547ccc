package dev.workflow.rest.wire;

import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.util.ReferenceCountUtil;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Passes on one request at a time. Requests may follow one another without waiting for answers; each is passed on once the one
 * before is answered and its client has taken most of the answer: what a request does is there for the next one, and answers that
 * nobody reads do not pile up.
 */
final class Turns extends ChannelDuplexHandler {
    private final Conversation conversation;
    private final IncomingRequest incoming;
    /** What came after a request that is still being answered: the head of the next one, and whatever follows it. */
    private final Deque<Object> waiting = new ArrayDeque<>(1);

    Turns(Conversation conversation, IncomingRequest incoming) {
        this.conversation = conversation;
        this.incoming = incoming;
    }

    /** Whether there may be more of what comes: no request waits, or nothing more is looked at. */
    boolean isOpen() {
        return !isAwaited() || !conversation.isOpen();
    }

    /** Whether a request waits. */
    boolean isAwaited() {
        return !waiting.isEmpty();
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        boolean early = message instanceof HttpRequest && !isReady(ctx);
        if ((early || isAwaited()) && conversation.isOpen()) {
            waiting.add(message);
        } else {
            pass(ctx, message);
        }
    }

    /** Whether the request before is answered, and its answer not stuck on the way. */
    private boolean isReady(ChannelHandlerContext ctx) {
        return conversation.isIdle() && ctx.channel().isWritable();
    }

    private void pass(ChannelHandlerContext ctx, Object message) {
        if (conversation.isOpen()) {
            ctx.fireChannelRead(message);
        } else {
            ReferenceCountUtil.release(message);
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        if (!isAwaited()) {
            incoming.readComplete();
        }
        ctx.fireChannelReadComplete();
    }

    @Override
    public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
        var _ = ctx.write(message, promise);
        if (conversation.isIdle()) {
            goOnSoon(ctx);
        }
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ctx) {
        ctx.fireChannelWritabilityChanged();
        goOnSoon(ctx);
    }

    /** Not at once: whoever writes the end of an answer, or makes room for more, is in the midst of it. */
    private void goOnSoon(ChannelHandlerContext ctx) {
        if (isAwaited()) {
            ctx.executor().execute(() -> goOn(ctx));
        }
    }

    /** Takes the next request of those that wait, or what there is of it. */
    private void goOn(ChannelHandlerContext ctx) {
        if (!isAwaited() || !isReady(ctx)) {
            return;
        }
        // its time was not running as long as nothing was read
        incoming.complete();
        do {
            pass(ctx, waiting.remove());
        } while (isAwaited() && !(waiting.peek() instanceof HttpRequest));
        channelReadComplete(ctx);
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
        waiting.forEach(ReferenceCountUtil::release);
        waiting.clear();
    }
}
