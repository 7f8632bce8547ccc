package dev.workflow.rabbitmq;

import java.nio.charset.StandardCharsets;

/** What the queue is called, one name for each deployment, and how the broker keeps it. */
public record RabbitSettings(String queue, QueueType type) {
    /** Bytes of an AMQP short string. */
    private static final int LONGEST_NAME = 255;

    /**
     * Checks the name.
     *
     * @throws IllegalArgumentException with a message fit for whoever set it
     */
    public RabbitSettings {
        if (queue.isBlank() || queue.getBytes(StandardCharsets.UTF_8).length > LONGEST_NAME) {
            throw new IllegalArgumentException("RABBITMQ_QUEUE must be 1 to 255 bytes long.");
        }
        if (queue.startsWith("amq.")) {
            throw new IllegalArgumentException(
                    "RABBITMQ_QUEUE is '%s': names that begin with 'amq.' are the broker's.".formatted(queue));
        }
    }
}
