package dev.workflow.postgres.value;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import org.postgresql.core.Oid;
import org.postgresql.util.PGBinaryObject;
import org.postgresql.util.PGobject;

/**
 * An array parameter in the server's own binary form. The driver would decode UTF-8 to encode it again, and spell UUIDs as
 * text.
 */
public final class BinaryArray extends PGobject implements PGBinaryObject {
    private static final long serialVersionUID = 1L;
    private static final int UUID_BYTES = 16;
    private static final int HEADER_BYTES = 5 * Integer.BYTES;

    private final int length;
    private final transient Consumer<ByteBuffer> content;

    private BinaryArray(String type, long length, Consumer<ByteBuffer> content) {
        setType(type);
        this.length = Math.toIntExact(length);
        this.content = content;
    }

    /** Takes each text in UTF-8. */
    public static BinaryArray ofTexts(List<byte[]> texts) {
        long length = HEADER_BYTES
                + texts.stream().mapToLong(text -> Integer.BYTES + text.length).sum();
        return new BinaryArray("_text", length, buffer -> {
            begin(buffer, Oid.TEXT, texts.size());
            for (byte[] text : texts) {
                buffer.putInt(text.length).put(text);
            }
        });
    }

    public static BinaryArray ofUuids(List<UUID> ids) {
        long length = HEADER_BYTES + ids.size() * (long) (Integer.BYTES + UUID_BYTES);
        return new BinaryArray("_uuid", length, buffer -> {
            begin(buffer, Oid.UUID, ids.size());
            for (UUID id : ids) {
                buffer.putInt(UUID_BYTES).putLong(id.getMostSignificantBits()).putLong(id.getLeastSignificantBits());
            }
        });
    }

    /** Takes each time in microseconds since 1970, since the driver sends times as text only. */
    public static BinaryArray ofTimes(List<Instant> times) {
        long length = HEADER_BYTES + times.size() * (long) (Integer.BYTES + Long.BYTES);
        return new BinaryArray("_int8", length, buffer -> {
            begin(buffer, Oid.INT8, times.size());
            for (Instant time : times) {
                buffer.putInt(Long.BYTES).putLong(Intervals.sinceEpoch(time));
            }
        });
    }

    /** One dimension, no nulls, counted from one. */
    private static void begin(ByteBuffer buffer, int elementType, int elements) {
        buffer.putInt(1).putInt(0).putInt(elementType).putInt(elements).putInt(1);
    }

    @Override
    public int lengthInBytes() {
        return length;
    }

    @Override
    public void toBytes(byte[] bytes, int offset) {
        content.accept(ByteBuffer.wrap(bytes, offset, length));
    }

    @Override
    public void setByteValue(byte[] value, int offset) {
        throw new UnsupportedOperationException("Parameters only.");
    }

    /** Asked for only where {@code binaryTransfer} was switched off. */
    @Override
    public String getValue() {
        throw new UnsupportedOperationException("DATABASE_URL must not switch binaryTransfer off.");
    }
}
