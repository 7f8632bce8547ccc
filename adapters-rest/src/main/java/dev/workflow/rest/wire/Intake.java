package dev.workflow.rest.wire;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import java.util.function.BooleanSupplier;

/**
 * Gives the codec what came, piece by piece, and nothing while a request that it found waits: a piece holds fewer than the 128
 * requests that Netty's codec lets be unanswered before it gives up. What the codec cannot make anything of yet stays here, so
 * that it is known whether there is any.
 */
final class Intake extends ChannelDuplexHandler {
    private static final int PIECE = 1 << 10;

    private final IncomingRequest incoming;
    private final BooleanSupplier open;
    private ByteBuf kept = Unpooled.EMPTY_BUFFER;
    /** Whether the codec can make nothing of what is kept. */
    private boolean tooLittle;

    /** @param open whether no request waits */
    Intake(IncomingRequest incoming, BooleanSupplier open) {
        this.incoming = incoming;
        this.open = open;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        if (message instanceof ByteBuf bytes) {
            kept = ByteToMessageDecoder.MERGE_CUMULATOR.cumulate(ctx.alloc(), kept, bytes);
            goOn(ctx);
        } else {
            ctx.fireChannelRead(message);
        }
    }

    private void goOn(ChannelHandlerContext ctx) {
        int size = PIECE;
        tooLittle = false;
        while (kept.isReadable() && !tooLittle && open.getAsBoolean()) {
            int before = kept.readableBytes();
            give(ctx, Math.min(size, before));
            boolean taken = kept.readableBytes() < before;
            tooLittle = !taken && size >= before;
            // what is not taken is a line that is longer than the piece
            size = taken ? PIECE : size + PIECE;
        }
        if (!kept.isReadable()) {
            forget();
        }
        incoming.bytesCame(tooLittle);
    }

    private void forget() {
        kept.release();
        kept = Unpooled.EMPTY_BUFFER;
    }

    /** The codec reads from the very piece, and forgets it once nothing in it is left. */
    private void give(ChannelHandlerContext ctx, int size) {
        ByteBuf piece = kept.readRetainedSlice(size).retain();
        ctx.fireChannelRead(piece);
        int left = piece.readableBytes();
        piece.skipBytes(left).release();
        kept.readerIndex(kept.readerIndex() - left);
    }

    @Override
    public void read(ChannelHandlerContext ctx) {
        if (!open.getAsBoolean()) {
            return;
        }
        if (kept.isReadable() && !tooLittle) {
            ctx.executor().execute(() -> readKept(ctx));
        } else {
            ctx.read();
        }
    }

    private void readKept(ChannelHandlerContext ctx) {
        goOn(ctx);
        ctx.fireChannelReadComplete();
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
        forget();
    }
}
