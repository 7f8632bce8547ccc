package dev.workflow.application;

import dev.workflow.domain.Fault;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Group commit: requests that wait at the same moment become one batch. A lone request does not wait. Two threads work: while
 * one waits for its commit the next batch grows for the other, until it is as large or has grown for a moment; the cost of a
 * commit is shared best by batches of the same size.
 *
 * <p>Whoever stands in the line longer than {@link Limits#patience} is taken out and refused, so a refusal for that reason
 * always means that nothing was done.
 */
final class Gathering<M extends Gathering.Member> implements AutoCloseable {
    private static final int THREADS = 2;
    private static final long LINE_BYTES = 64L << 20;
    /** About what a commit takes. */
    private static final Duration GROWTH = Duration.ofMillis(1);

    private static final Duration PATIENCE = Duration.ofSeconds(3);

    private static final Duration SHED_EVERY = Duration.ofMillis(100);
    private static final System.Logger LOG = System.getLogger(Gathering.class.getName());

    /** One request of a batch. */
    interface Member {
        /** What it adds to {@link Limits#batchRows}. */
        int rows();

        /** What it adds to {@link Limits#batchBytes} and {@link Limits#lineBytes}. */
        long bytes();

        /** Answers the request: nothing came of it. */
        void fail(RuntimeException why);
    }

    /**
     * How much may wait, and how much of it makes one batch. A single member may exceed the limits of a batch.
     *
     * @param growth how long a batch grows at most beside another one
     */
    record Limits(
            int batchMembers, int batchRows, long batchBytes, long lineBytes, Duration growth, Duration patience) {
        /** Those of a service, whose lines differ only in what makes a batch. */
        Limits(int batchMembers, int batchRows, long batchBytes) {
            this(batchMembers, batchRows, batchBytes, LINE_BYTES, GROWTH, PATIENCE);
        }
    }

    private record Place<M>(M member, long joinedNanos) {}

    private final Limits limits;
    private final Consumer<List<M>> work;
    private final ReentrantLock lock = new ReentrantLock();
    /** Those threads that wait, the one that worked last first: what it and its connection need is still in the caches. */
    private final ArrayDeque<Condition> idle = new ArrayDeque<>();

    private final ArrayDeque<Place<M>> line = new ArrayDeque<>();
    private final List<Thread> threads;
    private long lineBytes;
    /** How many members are being served. */
    private int served;

    private boolean closed;

    /** @param work serves a batch and answers each of its members; members are failed with what it throws */
    Gathering(String name, Limits limits, Schedule schedule, Consumer<List<M>> work) {
        this.limits = limits;
        this.work = work;
        this.threads = IntStream.rangeClosed(1, THREADS)
                .mapToObj(i -> Thread.ofPlatform().name(name + "-" + i).unstarted(this::serve))
                .toList();
        threads.forEach(Thread::start);
        schedule.every(SHED_EVERY, this::shed);
    }

    void join(M member) {
        Fault refusal = enqueue(member);
        if (refusal != null) {
            member.fail(refusal);
        }
    }

    /** Lets members join one right after the other, so that one batch takes them as far as it can. */
    void join(List<M> members) {
        lock.lock();
        try {
            members.forEach(this::join);
        } finally {
            lock.unlock();
        }
    }

    private @Nullable Fault enqueue(M member) {
        lock.lock();
        try {
            if (closed) {
                return new Fault.Draining();
            }
            if (lineBytes + member.bytes() > limits.lineBytes()) {
                return new Fault.Overloaded("More requests wait than this instance can serve in time.");
            }
            line.addLast(new Place<>(member, System.nanoTime()));
            lineBytes += member.bytes();
            if (line.size() == 1 || line.size() >= served) {
                wakeOne();
            }
            return null;
        } finally {
            lock.unlock();
        }
    }

    private void serve() {
        Condition own = lock.newCondition();
        boolean more = true;
        while (more) {
            more = serveNext(own);
        }
    }

    /** Whoever waits for the next batch must not hold the last one: there may be large answers in it. */
    private boolean serveNext(Condition own) {
        List<M> batch = nextBatch(own);
        if (!batch.isEmpty()) {
            serve(batch);
        }
        return !batch.isEmpty();
    }

    private void serve(List<M> batch) {
        try {
            work.accept(batch);
        } catch (Fault fault) {
            batch.forEach(member -> member.fail(fault));
        } catch (RuntimeException | Error e) {
            LOG.log(System.Logger.Level.ERROR, "A batch of " + batch.size() + " requests failed.", e);
            batch.forEach(member -> member.fail(new IllegalStateException("The batch failed.", e)));
        } finally {
            end(batch);
        }
    }

    private void end(List<M> batch) {
        lock.lock();
        try {
            served -= batch.size();
            if (!line.isEmpty()) {
                wakeOne();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Waits for members; answers with none only when closed and the line is empty. */
    private List<M> nextBatch(Condition own) {
        lock.lock();
        try {
            do {
                while (line.isEmpty() && !closed) {
                    idle.push(own);
                    own.awaitUninterruptibly();
                    idle.remove(own);
                }
                grow(own);
            } while (line.isEmpty() && !closed);
            return cutBatch();
        } finally {
            lock.unlock();
        }
    }

    private void wakeOne() {
        Condition last = idle.poll();
        if (last != null) {
            last.signal();
        }
    }

    private void grow(Condition own) {
        long left = limits.growth().toNanos();
        try {
            while (left > 0 && line.size() < served && !closed) {
                idle.push(own);
                left = own.awaitNanos(left);
                idle.remove(own);
            }
        } catch (InterruptedException e) {
            idle.remove(own);
            Thread.currentThread().interrupt();
        }
    }

    private List<M> cutBatch() {
        List<M> batch = new ArrayList<>();
        int rows = 0;
        long bytes = 0;
        while (!line.isEmpty() && batch.size() < limits.batchMembers()) {
            M next = line.getFirst().member();
            rows += next.rows();
            bytes += next.bytes();
            if (!batch.isEmpty() && (rows > limits.batchRows() || bytes > limits.batchBytes())) {
                break;
            }
            batch.add(removeFirst());
        }
        served += batch.size();
        if (!line.isEmpty()) {
            wakeOne();
        }
        return batch;
    }

    private M removeFirst() {
        M first = line.removeFirst().member();
        lineBytes -= first.bytes();
        return first;
    }

    private void shed() {
        expired().forEach(member -> member.fail(new Fault.Overloaded("No batch took this request in time.")));
    }

    private List<M> expired() {
        List<M> expired = new ArrayList<>();
        lock.lock();
        try {
            long now = System.nanoTime();
            while (!line.isEmpty()
                    && now - line.getFirst().joinedNanos() > limits.patience().toNanos()) {
                expired.add(removeFirst());
            }
        } finally {
            lock.unlock();
        }
        return expired;
    }

    /** Serves those who wait, refuses those who come, and returns when all are answered. */
    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            idle.forEach(Condition::signal);
        } finally {
            lock.unlock();
        }
        threads.forEach(Gathering::awaitEnd);
    }

    private static void awaitEnd(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
