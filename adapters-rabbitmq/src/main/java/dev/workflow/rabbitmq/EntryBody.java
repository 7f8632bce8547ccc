package dev.workflow.rabbitmq;

import com.rabbitmq.client.AMQP;
import dev.workflow.domain.QueueEntry;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** An entry as the body of a message: a version, the id, and the time in microseconds since 1970. */
final class EntryBody {
    static final String CONTENT_TYPE = "application/x-workflow-entry";
    private static final byte VERSION = 1;
    private static final int LENGTH = Byte.BYTES + 3 * Long.BYTES;
    private static final long MICROS_PER_SECOND = 1_000_000;
    private static final int NANOS_PER_MICRO = 1000;

    private EntryBody() {}

    static byte[] encode(QueueEntry entry) {
        UUID id = entry.workflowId();
        return ByteBuffer.allocate(LENGTH)
                .put(VERSION)
                .putLong(id.getMostSignificantBits())
                .putLong(id.getLeastSignificantBits())
                .putLong(micros(entry.queuedAt()))
                .array();
    }

    /** Empty when someone else wrote the message. */
    static Optional<QueueEntry> decode(AMQP.BasicProperties properties, byte[] body) {
        ByteBuffer buffer = ByteBuffer.wrap(body);
        if (!CONTENT_TYPE.equals(properties.getContentType()) || body.length != LENGTH || buffer.get() != VERSION) {
            return Optional.empty();
        }
        UUID id = new UUID(buffer.getLong(), buffer.getLong());
        return Optional.of(new QueueEntry(id, time(buffer.getLong())));
    }

    private static long micros(Instant time) {
        return Math.addExact(
                Math.multiplyExact(time.getEpochSecond(), MICROS_PER_SECOND), time.getNano() / NANOS_PER_MICRO);
    }

    private static Instant time(long micros) {
        return Instant.ofEpochSecond(
                Math.floorDiv(micros, MICROS_PER_SECOND),
                (long) NANOS_PER_MICRO * Math.floorMod(micros, MICROS_PER_SECOND));
    }
}
