package dev.workflow.benchmarks.run;

import java.util.Locale;

/** What the service stands on while a row is measured: its queue, and a database of its own. */
enum Stage {
    MEMORY("in memory"),
    CLASSIC("RabbitMQ, classic"),
    QUORUM("RabbitMQ, quorum"),
    LIST("in memory"),
    SMALL("in memory"),
    LARGE("in memory");

    private final String queue;

    Stage(String queue) {
        this.queue = queue;
    }

    String queue() {
        return queue;
    }

    boolean isOverRabbit() {
        return this == CLASSIC || this == QUORUM;
    }

    String database() {
        return "service_" + name().toLowerCase(Locale.ROOT);
    }
}
