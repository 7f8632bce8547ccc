package dev.workflow.rest.json;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Times as clients spell them (RFC 3339), with any offset. Digits beyond the ninth of a fraction do not count. */
public final class TimeText {
    /** The sign of an offset may have become a space: that is what a plus means in a query. */
    private static final Pattern SPELLING =
            Pattern.compile("([0-9]{4}-[0-9]{2}-[0-9]{2})[Tt]([0-9]{2}:[0-9]{2}):([0-9]{2})(?:(\\.[0-9]{1,9})[0-9]*)?"
                    + "(?:[Zz]|([+ -])([01][0-9]|2[0-3]):([0-5][0-9]))");

    private static final String LEAP_SECOND = "60";
    private static final String LAST_SECOND = "59";
    private static final int MINUTES = 60;
    private static final int LENGTH = 29;

    private TimeText() {}

    /** UTC, microseconds. */
    public static String of(Instant time) {
        byte[] json = new JsonBytes(LENGTH).time(time).toBytes();
        return new String(json, 1, json.length - 2, StandardCharsets.US_ASCII);
    }

    public static Optional<Instant> parse(String text) {
        Matcher matcher = SPELLING.matcher(text);
        return matcher.matches() ? parse(matcher) : Optional.empty();
    }

    private static Optional<Instant> parse(Matcher matcher) {
        try {
            String fraction = matcher.group(4) == null ? "" : matcher.group(4);
            boolean leap = matcher.group(3).equals(LEAP_SECOND);
            String second = leap ? LAST_SECOND : matcher.group(3);
            LocalDateTime utc = LocalDateTime.parse(matcher.group(1) + "T" + matcher.group(2) + ":" + second + fraction)
                    .minusMinutes(offsetMinutes(matcher));
            return leap ? afterMidnight(utc) : Optional.of(utc.toInstant(ZoneOffset.UTC));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    /** The clocks of machines have no leap second, which ends a day in UTC: to them it is the first second of the next one. */
    private static Optional<Instant> afterMidnight(LocalDateTime secondBefore) {
        LocalDateTime time = secondBefore.plusSeconds(1);
        return time.toLocalTime().toSecondOfDay() == 0 ? Optional.of(time.toInstant(ZoneOffset.UTC)) : Optional.empty();
    }

    private static int offsetMinutes(Matcher matcher) {
        String sign = matcher.group(5);
        if (sign == null) {
            return 0;
        }
        int minutes = Integer.parseInt(matcher.group(6)) * MINUTES + Integer.parseInt(matcher.group(7));
        return sign.equals("-") ? -minutes : minutes;
    }
}
