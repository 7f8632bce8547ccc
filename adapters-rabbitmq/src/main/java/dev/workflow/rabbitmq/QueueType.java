package dev.workflow.rabbitmq;

import java.util.Locale;

/** How the broker keeps the queue. */
public enum QueueType {
    /** On one node. */
    CLASSIC,
    /** On a majority of a cluster's nodes. */
    QUORUM;

    /**
     * Reads a setting.
     *
     * @throws IllegalArgumentException with a message fit for whoever set it
     */
    public static QueueType of(String setting) {
        return switch (setting.strip().toLowerCase(Locale.ROOT)) {
            case "classic" -> CLASSIC;
            case "quorum" -> QUORUM;
            default ->
                throw new IllegalArgumentException(
                        "RABBITMQ_QUEUE_TYPE is '%s': it must be classic or quorum.".formatted(setting));
        };
    }

    /** As RabbitMQ spells it. */
    String argument() {
        return name().toLowerCase(Locale.ROOT);
    }
}
