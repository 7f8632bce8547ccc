package dev.workflow.csv;

import dev.workflow.domain.Fault;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/**
 * Keeps tables, those that are being made and those that are being read, within a part of the heap, however many are asked for.
 * What making a table takes goes with its documents: up to some seventy times their bytes, when they are all names. Small
 * documents pass freely.
 */
final class Capacity {
    /** Of documents up to here, all threads together can make tables. */
    private static final int SMALL = 64 << 10;

    private static final int UNIT = 16 << 10;
    /** Of the heap, one byte of documents that are worked on for so many. */
    private static final int WORK_SHARE = 256;
    /** Of the heap, one byte of documents that wait for so many. */
    private static final int WAITING_SHARE = 8;
    /** Of the heap, one byte of finished texts for so many. */
    private static final int TEXT_SHARE = 4;

    /**
     * @param documents bytes of documents that are worked on at the same time; a table that is alone may have more
     * @param waiting bytes of documents that wait for it
     * @param patience how long they do
     * @param hurry how long they wait for room, if others wait behind them
     */
    record Limits(long documents, long waiting, Duration patience, Duration hurry) {}

    private static final Duration PATIENCE = Duration.ofSeconds(2);
    private static final Duration HURRY = Duration.ofMillis(500);

    private final LivingTexts texts;
    private final Limits limits;
    private final int most;
    private final Semaphore units;
    private final AtomicLong waiting = new AtomicLong();

    Capacity(Limits limits, LivingTexts texts) {
        this.limits = limits;
        this.most = units(limits.documents());
        this.units = new Semaphore(most, true);
        this.texts = texts;
    }

    static Capacity ofHeap(long bytes) {
        Runnable collector = new SparingCollector(System::gc, System::nanoTime);
        Limits limits = new Limits(bytes / WORK_SHARE, bytes / WAITING_SHARE, PATIENCE, HURRY);
        return new Capacity(limits, new LivingTexts(bytes / TEXT_SHARE, collector));
    }

    LivingTexts texts() {
        return texts;
    }

    /** Whether documents with so many bytes together are made a table of without asking. */
    static boolean isSmall(long documents) {
        return documents <= SMALL;
    }

    /**
     * Makes a table of documents with so many bytes as soon as there is room for it.
     *
     * @throws Fault.Overloaded when there is none in time
     */
    <T> T make(long documents, Supplier<T> table) {
        return make(documents, limits.patience(), table);
    }

    /** The same for one behind whom others wait, too: it hardly waits for what is being read. */
    <T> T makeInHurry(long documents, Supplier<T> table) {
        return make(documents, limits.hurry(), table);
    }

    private <T> T make(long documents, Duration patienceForRoom, Supplier<T> table) {
        long end = System.nanoTime() + limits.patience().toNanos();
        long leftForRoom = patienceForRoom.toNanos();
        while (true) {
            try {
                return isSmall(documents) ? table.get() : inTurn(documents, end, table);
            } catch (NoRoom full) {
                // whoever waits for room holds neither a turn nor a table
                long left = leftForRoom;
                long begun = System.nanoTime();
                await(documents, () -> texts.awaitRoom(full.bytes(), left));
                leftForRoom -= System.nanoTime() - begun;
            }
        }
    }

    private <T> T inTurn(long documents, long end, Supplier<T> table) {
        int taken = Math.min(units(documents), most);
        if (!units.tryAcquire(taken)) {
            await(documents, () -> units.tryAcquire(taken, end - System.nanoTime(), TimeUnit.NANOSECONDS));
        }
        try {
            return table.get();
        } finally {
            units.release(taken);
        }
    }

    /** Something that is waited for, as long as there is time. */
    private interface Wait {
        boolean isOver() throws InterruptedException;
    }

    private void await(long documents, Wait wait) {
        boolean mayWait = waiting.addAndGet(documents) <= limits.waiting();
        try {
            if (!mayWait || !wait.isOver()) {
                throw overloaded();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw overloaded();
        } finally {
            waiting.addAndGet(-documents);
        }
    }

    private static Fault.Overloaded overloaded() {
        return new Fault.Overloaded("Other tables take the memory that there is for them.");
    }

    private static int units(long documents) {
        return (int) Math.min(Integer.MAX_VALUE, (documents + UNIT - 1) / UNIT);
    }
}
