package dev.workflow.rest.wire;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;

/** Notices that bytes came, and whether the codec made messages of all of them. */
final class FirstBytes extends ChannelInboundHandlerAdapter {
    private final IncomingRequest incoming;

    FirstBytes(IncomingRequest incoming) {
        this.incoming = incoming;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        if (message instanceof ByteBuf bytes) {
            // the codec reads from the very buffer, or has moved all of it to where it keeps what came before
            bytes.retain();
            try {
                ctx.fireChannelRead(bytes);
            } finally {
                incoming.bytesCame(bytes.isReadable());
                bytes.release();
            }
        } else {
            ctx.fireChannelRead(message);
        }
    }
}
