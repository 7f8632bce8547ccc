package dev.workflow.rabbitmq;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.Consumer;
import com.rabbitmq.client.Envelope;
import com.rabbitmq.client.GetResponse;
import com.rabbitmq.client.ShutdownSignalException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** What the broker pushes to one consumer, from its beginning to its end. */
final class Pushed implements Consumer {
    /** Guarded by itself. */
    private final List<GetResponse> arrivals = new ArrayList<>();

    private final CountDownLatch missing;
    private final CountDownLatch end = new CountDownLatch(1);

    Pushed(int wanted) {
        missing = new CountDownLatch(wanted);
    }

    /** Returns as soon as all that was wanted is here, or the consumer has ended. */
    void awaitAll(Duration patience) {
        await(missing, patience);
    }

    /** What came until the end of the consumer, after which nothing comes. */
    List<GetResponse> untilEnd(Duration patience) {
        await(end, patience);
        synchronized (arrivals) {
            return List.copyOf(arrivals);
        }
    }

    private static void await(CountDownLatch latch, Duration patience) {
        try {
            boolean _ = latch.await(patience.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void handleDelivery(String consumer, Envelope envelope, AMQP.BasicProperties properties, byte[] body) {
        synchronized (arrivals) {
            arrivals.add(new GetResponse(envelope, properties, body, 0));
        }
        missing.countDown();
    }

    /** After everything that had been pushed. */
    @Override
    public void handleCancelOk(String consumer) {
        end.countDown();
    }

    /** The queue is gone. */
    @Override
    public void handleCancel(String consumer) {
        end();
    }

    @Override
    public void handleShutdownSignal(@Nullable String consumer, ShutdownSignalException signal) {
        end();
    }

    private void end() {
        while (missing.getCount() > 0) {
            missing.countDown();
        }
        end.countDown();
    }

    @Override
    public void handleConsumeOk(String consumer) {
        // Nobody waits for it here.
    }

    @Override
    public void handleRecoverOk(String consumer) {
        // Nobody asks for it.
    }
}
