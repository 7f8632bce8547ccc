package dev.workflow.rabbitmq;

import java.util.Locale;

/** How the broker keeps the queue. */
public enum QueueType {
    /** On one node. */
    CLASSIC,
    /** On a majority of a cluster's nodes. */
    QUORUM;

    /** As RabbitMQ spells it. */
    String argument() {
        return name().toLowerCase(Locale.ROOT);
    }
}
