package dev.workflow.rest.wire;

import dev.workflow.rest.problem.Problem;
import dev.workflow.rest.problem.ProblemType;
import io.netty.channel.ChannelHandlerContext;
import io.netty.util.concurrent.Future;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The request of a connection that is coming in, and the time and the memory that it may take. One that comes in one piece, as
 * nearly all do, costs no timer.
 */
final class IncomingRequest {
    private final Duration limit;
    private final BodyRoom room;
    private Consumer<ChannelHandlerContext> late = _ -> {};
    private boolean bytesCame;
    private boolean bytesLeft;
    private boolean messageCame;
    private boolean begun;
    private boolean head;
    private long taken;
    private @Nullable Future<?> timer;

    IncomingRequest(Duration limit, BodyRoom room) {
        this.limit = limit;
        this.room = room;
    }

    /** @param action what is done when a request is not complete in time */
    void whenLate(Consumer<ChannelHandlerContext> action) {
        late = action;
    }

    /** For the client of a request that was not complete in time. */
    Problem problem() {
        String seconds =
                BigDecimal.valueOf(limit.toMillis(), 3).stripTrailingZeros().toPlainString();
        return Problem.of(
                ProblemType.REQUEST_TIMEOUT,
                "Head and body must be there " + seconds + " s after the first byte. Nothing was done.");
    }

    /** @param left whether the last of them are the beginning of a head, and not more */
    void bytesCame(boolean left) {
        bytesCame = true;
        bytesLeft = left;
    }

    /** Its head is there. */
    void begin() {
        messageCame = true;
        begun = true;
        head = true;
    }

    /** All of it is there, or will never be. */
    void complete() {
        messageCame = true;
        begun = false;
        head = false;
        if (timer != null) {
            timer.cancel(false);
            timer = null;
        }
        free();
    }

    /** Asks for memory for a part of its body. */
    boolean take(int bytes) {
        boolean isFree = room.take(bytes);
        taken += isFree ? bytes : 0;
        return isFree;
    }

    /** Nothing of its body is kept any more. */
    void free() {
        if (taken > 0) {
            room.give(taken);
            taken = 0;
        }
    }

    boolean hasHead() {
        return head;
    }

    /** Bytes that made no message, or are left behind one, are the beginning of a head. */
    void readComplete(ChannelHandlerContext ctx) {
        if (bytesCame && (bytesLeft || !messageCame)) {
            begun = true;
        }
        bytesCame = false;
        messageCame = false;
        if (begun && timer == null) {
            restart(ctx);
        }
    }

    void restart(ChannelHandlerContext ctx) {
        timer = ctx.executor().schedule(() -> expire(ctx), limit.toNanos(), TimeUnit.NANOSECONDS);
    }

    private void expire(ChannelHandlerContext ctx) {
        timer = null;
        if (begun && ctx.channel().isActive()) {
            late.accept(ctx);
        }
    }
}
