package dev.workflow.rest.wire;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.channel.socket.SocketChannel;
import io.netty.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * The end of a connection whose client may still be sending. Closing it at once would reset it, and the client might lose the
 * answer that tells why; so it is half closed first, and what still comes is dropped for a while.
 */
final class Parting {
    private static final long SECONDS = 5;

    private Parting() {}

    static void begin(ChannelHandlerContext ctx, SocketChannel socket, ChannelPromise closed) {
        Runnable half = () -> {
            var _ = socket.shutdownOutput();
        };
        var _ = ctx.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(written -> half.run());
        socket.config().setAutoRead(true);
        Runnable end = () -> {
            var _ = ctx.close(closed);
        };
        Future<?> timer = ctx.executor().schedule(end, SECONDS, TimeUnit.SECONDS);
        // most clients are gone long before, and nothing of theirs is to be kept until then
        var _ = ctx.channel().closeFuture().addListener(_ -> timer.cancel(false));
    }
}
