package dev.workflow.rest.wire;

import io.netty.channel.ChannelConfig;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * Stands where connections come in. While none can be taken, as where no file descriptor is left, it tries again after a pause, as
 * Netty does, and says so in one line now and then; Netty would show a stack trace each second.
 */
final class Admission extends ChannelInboundHandlerAdapter {
    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final Duration BETWEEN_LINES = Duration.ofMinutes(1);

    private static final System.Logger LOG = System.getLogger(Admission.class.getName());

    private long lastLine = System.nanoTime() - BETWEEN_LINES.toNanos();

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        if (cause instanceof IOException) {
            say(cause);
            pause(ctx);
        } else {
            ctx.fireExceptionCaught(cause);
        }
    }

    private void say(Throwable cause) {
        long now = System.nanoTime();
        if (now - lastLine >= BETWEEN_LINES.toNanos()) {
            lastLine = now;
            LOG.log(
                    System.Logger.Level.WARNING,
                    () -> "New connections have to wait: " + cause.getMessage()
                            + ". Where files are too many, let the process have more (ulimit -n).");
        }
    }

    private static void pause(ChannelHandlerContext ctx) {
        ChannelConfig config = ctx.channel().config();
        if (config.isAutoRead()) {
            config.setAutoRead(false);
            var _ = ctx.executor().schedule(() -> config.setAutoRead(true), PAUSE.toMillis(), TimeUnit.MILLISECONDS);
        }
    }
}
