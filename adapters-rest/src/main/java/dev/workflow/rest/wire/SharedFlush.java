package dev.workflow.rest.wire;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;

/**
 * Leaves flushing to the end of what its event loop has in hand. A batch answers many requests at once, each on its own
 * connection: made first and then sent one right after the other, their answers wake the other side once.
 */
final class SharedFlush extends ChannelOutboundHandlerAdapter {
    private boolean pending;

    @Override
    public void flush(ChannelHandlerContext ctx) {
        if (!pending) {
            pending = true;
            ctx.executor().execute(() -> flushNow(ctx));
        }
    }

    private void flushNow(ChannelHandlerContext ctx) {
        if (pending) {
            pending = false;
            ctx.flush();
        }
    }

    @Override
    public void close(ChannelHandlerContext ctx, ChannelPromise promise) {
        flushNow(ctx);
        var _ = ctx.close(promise);
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
        flushNow(ctx);
    }
}
