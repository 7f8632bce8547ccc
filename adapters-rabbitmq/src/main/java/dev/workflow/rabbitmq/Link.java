package dev.workflow.rabbitmq;

import dev.workflow.domain.Fault;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Keeps one session open, from a thread of its own: whoever asks gets the one that is there, or learns that there is none. */
final class Link<S extends Session> implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(Link.class.getName());
    private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(1);
    /** A session that ends sooner was hardly worth opening: the broker lets us in and then does not answer. */
    private static final Duration LASTING = Duration.ofSeconds(10);

    @FunctionalInterface
    interface Opener<S> {
        S open() throws IOException, TimeoutException;
    }

    private final String name;
    private final String where;
    private final Opener<S> opener;
    private final Runnable onOpen;
    private final Thread thread;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final CountDownLatch tried = new CountDownLatch(1);
    private volatile @Nullable S session;
    private volatile String reason = "not connected yet";

    /**
     * @param name what the session is for
     * @param where the broker is, for messages
     * @param onOpen called each time that a session has opened
     */
    Link(String name, String where, Opener<S> opener, Runnable onOpen) {
        this.name = name;
        this.where = where;
        this.opener = opener;
        this.onOpen = onOpen;
        this.thread = Thread.ofPlatform().daemon().name("rabbitmq-link-" + name).unstarted(this::run);
    }

    void start() {
        thread.start();
    }

    /** Waits until the first attempt to connect has ended, one way or the other. */
    void awaitFirstTry(Duration longest) {
        try {
            boolean _ = tried.await(longest.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** @throws Fault.Unavailable when there is none */
    S session() {
        S current = session;
        if (current != null && !current.isEnded()) {
            return current;
        }
        throw Fault.Unavailable.broker("The broker is away: " + (current == null ? reason : current.awaitEnd()));
    }

    private void run() {
        Duration pause = Duration.ZERO;
        while (!isClosedAfter(pause)) {
            long start = System.nanoTime();
            keepOne();
            pause = System.nanoTime() - start > LASTING.toNanos() ? FIRST_PAUSE : longer(pause);
        }
    }

    /** Opens a session and stays with it to its end. */
    private void keepOne() {
        try {
            S opened = opener.open();
            session = opened;
            reason = "the connection was closed";
            if (closed.getCount() == 0) {
                opened.close();
            }
            up(opened.connection());
            down(opened.awaitEnd());
        } catch (IOException | TimeoutException | RuntimeException | Error e) {
            down(where + ": " + Reasons.of(e));
        } finally {
            leave();
        }
    }

    /** Mostly it has ended already. */
    private void leave() {
        S last = session;
        session = null;
        if (last != null) {
            last.end(reason);
        }
    }

    private void up(BrokerConnection connection) {
        tried.countDown();
        LOG.log(
                System.Logger.Level.INFO,
                "Connected to {0} {1} for {2}.",
                connection.product(),
                connection.version(),
                name);
        onOpen.run();
    }

    /** Says it once, not at every try. */
    private void down(String why) {
        if (!why.equals(reason) && closed.getCount() > 0) {
            LOG.log(System.Logger.Level.WARNING, "No connection to the broker for {0}: {1}.", name, why);
        }
        reason = why;
        tried.countDown();
    }

    private static Duration longer(Duration pause) {
        Duration next = pause.isZero() ? FIRST_PAUSE : pause.multipliedBy(2);
        return next.compareTo(LONGEST_PAUSE) < 0 ? next : LONGEST_PAUSE;
    }

    /** Spread a little, so that many instances do not come back at the same moment. */
    private boolean isClosedAfter(Duration pause) {
        try {
            long millis = pause.toMillis();
            return closed.await(millis - ThreadLocalRandom.current().nextLong(millis / 4 + 1), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            return true;
        }
    }

    /** Closes what is open; an attempt to connect that is under way ends by itself. */
    @Override
    public void close() {
        closed.countDown();
        S current = session;
        if (current != null) {
            current.close();
        }
    }
}
