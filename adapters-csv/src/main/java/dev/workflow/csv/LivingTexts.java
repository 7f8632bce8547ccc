package dev.workflow.csv;

import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The larger texts of finished tables, and others that are read beside them, as long as somebody holds them: an answer that is
 * read slowly is memory, too. Nobody has to give anything back, since a text counts until the garbage collector finds that it is
 * gone.
 */
final class LivingTexts {
    /** Texts up to here are not counted. */
    private static final int SMALL = 64 << 10;
    /** How long to wait until the collector is asked again. */
    private static final long LOOK_EVERY_MILLIS = 100;

    private final long budget;
    private final Runnable collector;
    private final ReferenceQueue<byte[]> gone = new ReferenceQueue<>();
    private final Set<Living> living = new HashSet<>();
    private long bytes;

    /**
     * @param budget how many bytes may live; a text that is alone may be larger
     * @param collector makes what nobody holds any more known, if it has not done so a moment ago
     */
    LivingTexts(long budget, Runnable collector) {
        this.budget = budget;
        this.collector = collector;
    }

    /**
     * Room for a text of this length.
     *
     * @throws NoRoom while others take it
     */
    byte[] allocate(int length) {
        return length <= SMALL ? new byte[length] : allocateCounted(length);
    }

    private synchronized byte[] allocateCounted(int length) {
        checkRoom(length);
        byte[] text = new byte[length];
        add(text);
        return text;
    }

    /**
     * Counts a text that was made elsewhere.
     *
     * @throws NoRoom while others take its room
     */
    void count(byte[] text) {
        if (text.length > SMALL) {
            countLarge(text);
        }
    }

    private synchronized void countLarge(byte[] text) {
        checkRoom(text.length);
        add(text);
    }

    private void checkRoom(int length) {
        if (!hasRoom(length)) {
            throw new NoRoom(length);
        }
    }

    private void add(byte[] text) {
        living.add(new Living(text, gone));
        bytes += text.length;
    }

    /** Waits until there is room for a text of this length, or for so long. It may be taken by others then. */
    boolean awaitRoom(int length, long nanos) throws InterruptedException {
        long end = System.nanoTime() + nanos;
        while (!hasRoom(length)) {
            long leftMillis = (end - System.nanoTime()) / 1_000_000;
            if (leftMillis <= 0) {
                return false;
            }
            forget(gone.remove(Math.min(leftMillis, LOOK_EVERY_MILLIS)));
        }
        return true;
    }

    private synchronized boolean hasRoom(int length) {
        forgetGone();
        if (!fits(length)) {
            collector.run();
            forgetGone();
        }
        return fits(length);
    }

    private boolean fits(int length) {
        return living.isEmpty() || bytes + length <= budget;
    }

    private void forgetGone() {
        for (Reference<? extends byte[]> text = gone.poll(); text != null; text = gone.poll()) {
            forget(text);
        }
        // what was cleared a moment ago may not stand in the queue yet
        living.removeIf(this::isGone);
    }

    private boolean isGone(Living text) {
        boolean cleared = text.refersTo(null);
        bytes -= cleared ? text.length : 0;
        return cleared;
    }

    private synchronized void forget(@Nullable Reference<? extends byte[]> text) {
        if (text instanceof Living known && living.remove(known)) {
            bytes -= known.length;
        }
    }

    private static final class Living extends WeakReference<byte[]> {
        private final int length;

        Living(byte[] text, ReferenceQueue<byte[]> gone) {
            super(text, gone);
            this.length = text.length;
        }
    }
}
