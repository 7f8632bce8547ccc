package dev.workflow.rest.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.ChannelFuture;
import io.netty.channel.embedded.EmbeddedChannel;
import org.junit.jupiter.api.Test;

final class SharedFlushTest {
    private final EmbeddedChannel channel = new EmbeddedChannel(new SharedFlush());

    @Test
    void flushesOnceTheEventLoopHasNothingElseInHand() {
        ChannelFuture first = channel.pipeline().writeAndFlush("first");
        ChannelFuture second = channel.pipeline().writeAndFlush("second");
        assertThat(channel.outboundMessages()).isEmpty();

        channel.runPendingTasks();

        assertThat(channel.outboundMessages()).hasToString("[first, second]");
        assertThat(first.isSuccess() && second.isSuccess()).isTrue();
    }

    @Test
    void flushesAgain() {
        assertThat(channel.writeOutbound("first", "second")).isTrue();
        assertThat(channel.writeOutbound("third")).isTrue();
        assertThat(channel.outboundMessages()).hasToString("[first, second, third]");
    }

    @Test
    void nothingIsLostWhenTheConnectionIsClosedAtOnce() {
        ChannelFuture last = channel.pipeline().writeAndFlush("last");
        ChannelFuture closed = channel.pipeline().close();

        assertThat(channel.outboundMessages()).hasToString("[last]");
        assertThat(last.isSuccess() && closed.isSuccess()).isTrue();
    }
}
