package dev.workflow.rest.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.Test;

final class HttpDateTest {
    @Test
    void isNowAsHttpSpellsIt() {
        String date = HttpDate.now();

        assertThat(date).matches("[A-Z][a-z]{2}, \\d\\d [A-Z][a-z]{2} \\d{4} \\d\\d:\\d\\d:\\d\\d GMT");
        assertThat(Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(date)))
                .isCloseTo(Instant.now(), within(1, ChronoUnit.MINUTES));
    }
}
