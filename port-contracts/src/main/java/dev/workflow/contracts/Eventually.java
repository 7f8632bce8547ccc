package dev.workflow.contracts;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waiting in tests for what another thread or process brings about: by looking, never by a fixed time. */
public final class Eventually {
    private static final Duration GENEROUS = Duration.ofSeconds(60);
    private static final Duration LOOK_EVERY = Duration.ofMillis(10);

    private Eventually() {}

    /** Returns as soon as {@code condition} holds; fails naming {@code what} when it never does. */
    public static void holds(String what, BooleanSupplier condition) {
        holds(what, GENEROUS, condition);
    }

    /**
     * Like {@link #holds(String, BooleanSupplier)}.
     *
     * @param within after which waiting is pointless
     */
    public static void holds(String what, Duration within, BooleanSupplier condition) {
        long start = System.nanoTime();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - start > within.toNanos()) {
                throw new AssertionError("Not within " + within.toSeconds() + " s: " + what);
            }
            LockSupport.parkNanos(LOOK_EVERY.toNanos());
        }
    }

    /** Waits for a latch that another thread opens. */
    public static void opens(CountDownLatch latch) {
        try {
            if (!latch.await(GENEROUS.toSeconds(), TimeUnit.SECONDS)) {
                throw new AssertionError("Nobody opened a latch.");
            }
        } catch (InterruptedException e) {
            throw new AssertionError("Interrupted.", e);
        }
    }
}
