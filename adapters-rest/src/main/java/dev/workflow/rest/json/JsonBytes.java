package dev.workflow.rest.json;

import dev.workflow.domain.CompactJson;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;

/** JSON being written, as UTF-8 in an array that grows. */
public final class JsonBytes {
    private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
    private static final int UUID_DIGITS = 32;

    private byte[] bytes;
    private int length;

    public JsonBytes(int capacity) {
        bytes = new byte[capacity];
    }

    public int length() {
        return length;
    }

    /** What was written, as an array of its own. */
    public byte[] toBytes() {
        return Arrays.copyOf(bytes, length);
    }

    /** Forgets what was written. */
    public void clear() {
        length = 0;
    }

    public JsonBytes raw(char ascii) {
        reserve(1);
        bytes[length++] = (byte) ascii;
        return this;
    }

    public JsonBytes raw(byte[] json) {
        return raw(json, 0, json.length);
    }

    public JsonBytes raw(byte[] json, int start, int end) {
        reserve(end - start);
        System.arraycopy(json, start, bytes, length, end - start);
        length += end - start;
        return this;
    }

    /** Valid JSON without the white space between its tokens. */
    public JsonBytes compact(byte[] json) {
        CompactJson.write(json, 0, json.length, this::raw);
        return this;
    }

    public JsonBytes raw(String ascii) {
        return raw(ascii.getBytes(StandardCharsets.US_ASCII));
    }

    public JsonBytes number(long value) {
        return raw(Long.toString(value));
    }

    /** A JSON string. Half a surrogate pair becomes {@code ?}. */
    public JsonBytes string(String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        reserve(utf8.length + 2);
        raw('"');
        for (byte each : utf8) {
            character(each);
        }
        return raw('"');
    }

    private void character(byte each) {
        if (each == '"' || each == '\\') {
            raw('\\').raw((char) each);
        } else if (each >= 0 && each < ' ') {
            raw("\\u00").raw((char) HEX[each >> 4]).raw((char) HEX[each & 0xF]);
        } else {
            reserve(1);
            bytes[length++] = each;
        }
    }

    /** The 36 characters of a UUID, without quotes. */
    public JsonBytes uuid(UUID id) {
        reserve(UUID_DIGITS + 4);
        for (int digit = 0; digit < UUID_DIGITS; digit++) {
            if (digit == 8 || digit == 12 || digit == 16 || digit == 20) {
                bytes[length++] = '-';
            }
            long half = digit < 16 ? id.getMostSignificantBits() : id.getLeastSignificantBits();
            bytes[length++] = HEX[(int) (half >>> (60 - 4 * (digit & 15))) & 0xF];
        }
        return this;
    }

    /** A JSON array of strings. */
    public JsonBytes strings(List<String> texts) {
        raw('[');
        String before = "";
        for (String text : texts) {
            raw(before).string(text);
            before = ",";
        }
        return raw(']');
    }

    /** A JSON array of UUIDs. */
    public JsonBytes uuids(List<UUID> ids) {
        raw('[');
        String before = "\"";
        for (UUID id : ids) {
            raw(before).uuid(id).raw('"');
            before = ",\"";
        }
        return raw(']');
    }

    /** A time as a JSON string: RFC 3339, UTC, microseconds. */
    public JsonBytes time(Instant time) {
        OffsetDateTime utc = time.atOffset(ZoneOffset.UTC);
        raw('"').digits(utc.getYear(), 4)
                .raw('-')
                .digits(utc.getMonthValue(), 2)
                .raw('-')
                .digits(utc.getDayOfMonth(), 2);
        raw('T').digits(utc.getHour(), 2)
                .raw(':')
                .digits(utc.getMinute(), 2)
                .raw(':')
                .digits(utc.getSecond(), 2);
        return raw('.').digits(utc.getNano() / 1000, 6).raw("Z\"");
    }

    private JsonBytes digits(int value, int count) {
        reserve(count);
        int rest = value;
        for (int i = length + count - 1; i >= length; i--) {
            bytes[i] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
        length += count;
        return this;
    }

    private void reserve(int more) {
        if (bytes.length - length < more) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + more));
        }
    }
}
