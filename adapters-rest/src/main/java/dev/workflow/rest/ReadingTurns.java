package dev.workflow.rest;

import dev.workflow.domain.Fault;
import io.micronaut.context.annotation.Property;
import io.micronaut.http.HttpRequest;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Keeps what lists hold within a part of the heap: the pages that are read, and what clients have not fetched yet; and what it
 * takes to write a delivery once more. Data may be large, and what a list comes across is not known before.
 */
@Singleton
public final class ReadingTurns {
    /** A stream: a page that is written, one that is read meanwhile, and what the driver holds of it. */
    public static final int STREAM_MIB = 8;
    /** A page that a client asked for: its workflows, and the body that is made of them. */
    public static final int PAGE_MIB = 14;
    /** A delivery that is written once more: its workflows, and its text twice while it is made. */
    public static final int DELIVERY_MIB = 26;

    /** Of the heap, what all lists together may hold. */
    private static final double SHARE = 5 / 8.0;

    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final int mebibytes;
    private final Semaphore free;

    ReadingTurns(@Property(name = "workflow.lists.mebibytes") @Nullable Integer mebibytes) {
        this.mebibytes = mebibytes == null ? share(Runtime.getRuntime().maxMemory()) : mebibytes;
        this.free = new Semaphore(this.mebibytes, true);
    }

    private static int share(long heap) {
        return (int) Math.max(PAGE_MIB, SHARE * heap / (1 << 20));
    }

    /** For the answer to a request. Ends when its connection does, at the latest. */
    public Turn turn(HttpRequest<?> request, int size) {
        return new Turn(Requests.closed(request), Math.min(size, mebibytes));
    }

    public final class Turn {
        private final ChannelFuture closed;
        private final ChannelFutureListener listener = connection -> end();
        private final int size;
        private boolean begun;
        private boolean ended;

        private Turn(ChannelFuture closed, int size) {
            this.closed = closed;
            this.size = size;
        }

        /**
         * Waits until it is its turn.
         *
         * @throws Fault.Overloaded when that takes too long, or nobody waits for the answer any more
         */
        public void begin() {
            closed.addListener(listener);
            if (!acquire() || !isStillWanted()) {
                throw new Fault.Overloaded("Others that are being read take the memory that there is for it.");
            }
        }

        private boolean acquire() {
            try {
                return free.tryAcquire(size, PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return false;
            }
        }

        private synchronized boolean isStillWanted() {
            begun = !ended;
            if (ended) {
                free.release(size);
            }
            return begun;
        }

        /** Once is enough; more often does no harm. */
        public void end() {
            closed.removeListener(listener);
            finish();
        }

        private synchronized void finish() {
            if (begun && !ended) {
                free.release(size);
            }
            ended = true;
        }
    }
}
