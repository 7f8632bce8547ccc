package dev.workflow.rest.wire;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;

/**
 * Leaves flushing to the end of what its event loop has in hand. A batch answers many requests at once, each on its own
 * connection: made first and then sent one right after the other, their answers wake the other side once.
 */
final class SharedFlush extends ChannelOutboundHandlerAdapter {
    private final RequestTimes times;
    private boolean pending;
    /** The newest answer that the socket did not take at once. */
    private long awaited;

    SharedFlush(RequestTimes times) {
        this.times = times;
    }

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
            noteWritten(ctx);
        }
    }

    /** A promise for each answer would tell the same, for an object or two each. Only a client that reads slowly needs one. */
    private void noteWritten(ChannelHandlerContext ctx) {
        long answered = times.answered();
        if (times.isWritten(answered)) {
            return;
        }
        ChannelOutboundBuffer left = ctx.channel().unsafe().outboundBuffer();
        if (left == null || left.isEmpty()) {
            times.writtenOut(answered);
        } else if (awaited < answered) {
            awaited = answered;
            var _ = ctx.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(_ -> times.writtenOut(answered));
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
