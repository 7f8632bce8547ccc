package dev.workflow.rabbitmq;

import com.rabbitmq.client.Channel;
import dev.workflow.domain.Fault;
import java.util.concurrent.CompletableFuture;

/**
 * A connection and what is open on it, used until the first fault and then thrown away whole: after an error on a channel
 * nothing that was written to it can be relied on, and the broker gives back whatever was taken.
 */
abstract class Session {
    private final CompletableFuture<String> end = new CompletableFuture<>();
    private final BrokerConnection connection;

    Session(BrokerConnection connection) {
        this.connection = connection;
    }

    BrokerConnection connection() {
        return connection;
    }

    /** From now on the end of {@code channel}, or of the connection, is the session's. */
    final void watch(Channel channel) {
        channel.addShutdownListener(cause -> end(Reasons.of(cause)));
    }

    /** Ends it at once. Only the first reason counts. */
    final void end(String reason) {
        if (end.complete(reason)) {
            connection.kill();
            ended(Fault.Unavailable.broker("The broker is away: " + reason));
        }
    }

    /** Ends it in order. */
    final void close() {
        String reason = "this instance is stopping";
        if (end.complete(reason)) {
            connection.close();
            ended(Fault.Unavailable.broker(reason));
        }
    }

    final boolean isEnded() {
        return end.isDone();
    }

    /** Waits for the end and answers with its reason. */
    final String awaitEnd() {
        return end.join();
    }

    /** Fails everything that waits for the broker. Called once, on any thread. */
    abstract void ended(Fault.Unavailable fault);
}
