package dev.workflow.rest.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class SharedFlushTest {
    /** What had been sent while the event loop was still at work. */
    private final List<Object> sentAtOnce = new ArrayList<>();

    private final RequestTimes times = new RequestTimes((_, _, _, _) -> {});
    private final EmbeddedChannel channel =
            new EmbeddedChannel(new SharedFlush(times), new ChannelInboundHandlerAdapter() {
                @Override
                public void channelRead(ChannelHandlerContext ctx, Object message) {
                    var _ = ctx.writeAndFlush("first");
                    var _ = ctx.writeAndFlush("second");
                    if (message.equals("close")) {
                        var _ = ctx.close();
                    }
                    sentAtOnce.addAll(channel.outboundMessages());
                }
            });

    @Test
    void flushesOnceTheEventLoopHasNothingElseInHand() {
        channel.writeInbound("go on");

        assertThat(sentAtOnce).isEmpty();
        assertThat(channel.outboundMessages()).hasToString("[first, second]");
    }

    @Test
    void flushesAgain() {
        channel.writeInbound("go on");
        channel.writeInbound("go on");

        assertThat(channel.outboundMessages()).hasToString("[first, second, first, second]");
    }

    @Test
    void nothingIsLostWhenTheConnectionIsClosedAtOnce() {
        channel.writeInbound("close");

        assertThat(sentAtOnce).hasToString("[first, second]");
        assertThat(channel.isOpen()).isFalse();
    }
}
