package dev.workflow.rest.wire;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;

/** Notices that bytes came, before the codec makes messages of them. */
final class FirstBytes extends ChannelInboundHandlerAdapter {
    private final IncomingRequest incoming;

    FirstBytes(IncomingRequest incoming) {
        this.incoming = incoming;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object bytes) {
        incoming.bytesCame();
        ctx.fireChannelRead(bytes);
    }
}
