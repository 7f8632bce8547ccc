package dev.workflow.rest.wire;

import dev.workflow.rest.problem.Problem;
import dev.workflow.rest.problem.ProblemType;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.Future;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The request of a connection that is coming in, and the time and the memory that it may take. One that comes in one piece, as
 * nearly all do, costs no timer.
 */
final class IncomingRequest {
    private final EventExecutor clock;
    private final Duration limit;
    private final BodyRoom room;
    private Runnable late = () -> {};
    private boolean bytesCame;
    private boolean bytesLeft;
    private boolean messageCame;
    private boolean begun;
    private boolean bodyComing;
    private long taken;
    private @Nullable Future<?> timer;

    /** @param clock that of the connection */
    IncomingRequest(EventExecutor clock, Duration limit, BodyRoom room) {
        this.clock = clock;
        this.limit = limit;
        this.room = room;
    }

    /** @param action what is done when a request is not complete in time */
    void whenLate(Runnable action) {
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

    /** Its head is there, and a body is to come. */
    void begin() {
        messageCame = true;
        begun = true;
        bodyComing = true;
    }

    /** All of it is there, or will never be. */
    void complete() {
        messageCame = true;
        begun = false;
        bodyComing = false;
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

    /** Whether its head is there, and not all of its body. */
    boolean isBodyComing() {
        return bodyComing;
    }

    /** Bytes that made no message, or are left behind one, are the beginning of a head. */
    void readComplete() {
        if (bytesCame && (bytesLeft || !messageCame)) {
            begun = true;
        }
        bytesCame = false;
        messageCame = false;
        if (begun && timer == null) {
            restart();
        }
    }

    void restart() {
        timer = clock.schedule(this::expire, limit.toNanos(), TimeUnit.NANOSECONDS);
    }

    private void expire() {
        timer = null;
        if (begun) {
            late.run();
        }
    }
}
