package dev.workflow.rest.json;

import dev.workflow.domain.CompactJson;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** JSON being written, as UTF-8 in an array that grows. */
public final class JsonBytes {
    private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] NULL = "null".getBytes(StandardCharsets.US_ASCII);
    /** What most answers take that hold no data. */
    private static final int SMALL = 512;

    private static final int UUID_LENGTH = 36;
    private static final int TIME_LENGTH = 29;
    private static final int SECONDS_PER_DAY = 86_400;

    private byte[] bytes;
    private int length;
    private long lastDay = Long.MIN_VALUE;
    private byte[] lastDayText = {};

    public JsonBytes() {
        this(SMALL);
    }

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
        return value >= 0 && value < 10 ? raw((char) ('0' + value)) : raw(Long.toString(value));
    }

    /** A JSON string, or null. Half a surrogate pair becomes {@code ?}. */
    public JsonBytes string(@Nullable String text) {
        if (text == null) {
            return raw(NULL);
        }
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

    /** A UUID as a JSON string, or null. */
    public JsonBytes id(@Nullable UUID id) {
        return id == null ? raw(NULL) : raw('"').uuid(id).raw('"');
    }

    /** The 36 characters of a UUID, without quotes. */
    public JsonBytes uuid(UUID id) {
        long high = id.getMostSignificantBits();
        long low = id.getLeastSignificantBits();
        reserve(UUID_LENGTH);
        hex(high >>> 32, 8);
        bytes[length++] = '-';
        hex(high >>> 16, 4);
        bytes[length++] = '-';
        hex(high, 4);
        bytes[length++] = '-';
        hex(low >>> 48, 4);
        bytes[length++] = '-';
        hex(low, 12);
        return this;
    }

    /** The last {@code count} digits; there is room for them. */
    private void hex(long value, int count) {
        long rest = value;
        for (int i = length + count - 1; i >= length; i--) {
            bytes[i] = HEX[(int) rest & 0xF];
            rest >>>= 4;
        }
        length += count;
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

    /** A time as a JSON string, or null: RFC 3339, UTC, microseconds. */
    public JsonBytes time(@Nullable Instant time) {
        if (time == null) {
            return raw(NULL);
        }
        reserve(TIME_LENGTH);
        long second = time.getEpochSecond();
        int secondOfDay = (int) Math.floorMod(second, (long) SECONDS_PER_DAY);
        day(Math.floorDiv(second, (long) SECONDS_PER_DAY));
        digits(secondOfDay / 3600, 2, ':');
        digits(secondOfDay / 60 % 60, 2, ':');
        digits(secondOfDay % 60, 2, '.');
        digits(time.getNano() / 1000, 6, 'Z');
        return raw('"');
    }

    /** Most times are of the same day as the one before. */
    private void day(long epochDay) {
        if (epochDay != lastDay) {
            lastDay = epochDay;
            lastDayText = ("\"" + LocalDate.ofEpochDay(epochDay) + "T").getBytes(StandardCharsets.US_ASCII);
        }
        raw(lastDayText);
    }

    private void digits(int value, int count, char after) {
        int rest = value;
        for (int i = length + count - 1; i >= length; i--) {
            bytes[i] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
        bytes[length + count] = (byte) after;
        length += count + 1;
    }

    private void reserve(int more) {
        if (bytes.length - length < more) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + more));
        }
    }
}
