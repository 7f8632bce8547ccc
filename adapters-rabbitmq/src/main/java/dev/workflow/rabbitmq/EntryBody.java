package dev.workflow.rabbitmq;

import com.rabbitmq.client.AMQP;
import dev.workflow.domain.QueueEntry;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.UUID;

/** An entry as the body of a message: a version, the id, and the time in microseconds since 1970. */
final class EntryBody {
    static final String CONTENT_TYPE = "application/x-workflow-entry";
    private static final byte VERSION = 1;
    private static final int LENGTH = Byte.BYTES + 3 * Long.BYTES;

    private EntryBody() {}

    static byte[] encode(QueueEntry entry) {
        UUID id = entry.workflowId();
        return ByteBuffer.allocate(LENGTH)
                .put(VERSION)
                .putLong(id.getMostSignificantBits())
                .putLong(id.getLeastSignificantBits())
                .putLong(ChronoUnit.MICROS.between(Instant.EPOCH, entry.queuedAt()))
                .array();
    }

    /** Empty when someone else wrote the message. */
    static Optional<QueueEntry> decode(AMQP.BasicProperties properties, byte[] body) {
        ByteBuffer buffer = ByteBuffer.wrap(body);
        if (!CONTENT_TYPE.equals(properties.getContentType()) || body.length != LENGTH || buffer.get() != VERSION) {
            return Optional.empty();
        }
        UUID id = new UUID(buffer.getLong(), buffer.getLong());
        return Optional.of(new QueueEntry(id, Instant.EPOCH.plus(buffer.getLong(), ChronoUnit.MICROS)));
    }
}
