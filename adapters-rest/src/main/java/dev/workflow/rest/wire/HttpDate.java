package dev.workflow.rest.wire;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** The time of an answer, spelled once a second. */
final class HttpDate {
    private static final int MILLIS = 1000;
    private static final DateTimeFormatter FORMAT = DateTimeFormatter.ofPattern(
                    "EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);

    private record Spelled(long second, String text) {}

    private static volatile Spelled last = new Spelled(-1, "");

    private HttpDate() {}

    static String now() {
        long second = System.currentTimeMillis() / MILLIS;
        Spelled spelled = last;
        if (spelled.second() != second) {
            spelled = new Spelled(second, FORMAT.format(Instant.ofEpochSecond(second)));
            last = spelled;
        }
        return spelled.text();
    }
}
