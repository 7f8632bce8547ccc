package dev.workflow.application;

import static org.assertj.core.api.Assertions.assertThat;

import dev.workflow.contracts.Eventually;
import dev.workflow.domain.Fault;
import dev.workflow.domain.QueueEntry;
import dev.workflow.domain.port.Outbox;
import java.lang.ref.WeakReference;
import java.sql.SQLException;
import java.util.BitSet;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class RelayOutboxTest {
    /** An outbox that is never emptied. */
    private static class Full implements Outbox {
        @Override
        public int drain(int max, Function<List<QueueEntry>, BitSet> publish) {
            return 0;
        }

        @Override
        public boolean isEmpty() {
            return false;
        }
    }

    @Test
    void whoGaveUpWaitingIsForgottenHoweverLongNothingIsPublished() {
        RelayOutbox relay = new RelayOutbox(new Full(), new BrokerTwin());
        relay.wake();
        WeakReference<CompletionStage<Void>> waiting = waitInVain(relay);
        CompletionStage<Void> next = relay.whenFurther(relay.ticket());
        Eventually.holds("it is forgotten", () -> {
            System.gc();
            return waiting.refersTo(null);
        });
        assertThat(next.toCompletableFuture()).isNotDone();
    }

    @Test
    void goesOnAfterAnErrorOfTheJvm() throws InterruptedException {
        CountDownLatch again = new CountDownLatch(1);
        Outbox outbox = new Full() {
            private boolean failed;

            @Override
            public int drain(int max, Function<List<QueueEntry>, BitSet> publish) {
                if (!failed) {
                    failed = true;
                    throw new StackOverflowError("A test says so.");
                }
                again.countDown();
                return 0;
            }
        };
        try (RelayOutbox relay = new RelayOutbox(outbox, new BrokerTwin())) {
            relay.start();
            again.await();
        }
    }

    @Test
    void tellsTheOperatorWhatTheDatabaseSaid() {
        Outbox outbox = new Full() {
            @Override
            public int drain(int max, Function<List<QueueEntry>, BitSet> publish) {
                SQLException refusal = new SQLException("FATAL: the database system is shutting down");
                throw Fault.Unavailable.database("There is no connection.", new IllegalStateException(refusal));
            }
        };
        List<String> logged = new CopyOnWriteArrayList<>();
        Logger logger = Logger.getLogger(RelayOutbox.class.getName());
        logger.setFilter(line -> !logged.add(line.getMessage()));
        try (RelayOutbox relay = new RelayOutbox(outbox, new BrokerTwin())) {
            relay.start();
            Eventually.holds("a line in the log", () -> !logged.isEmpty());
        } finally {
            logger.setFilter(null);
        }
        assertThat(logged)
                .containsExactly("Nothing can be published now: There is no connection. It said: FATAL: the database"
                        + " system is shutting down");
    }

    private static WeakReference<CompletionStage<Void>> waitInVain(RelayOutbox relay) {
        CompletionStage<Void> waiting = relay.whenFurther(relay.ticket());
        waiting.toCompletableFuture().cancel(false);
        return new WeakReference<>(waiting);
    }
}
