package dev.workflow.rest.json;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Times as RFC 3339 spells them, its own examples (section 5.8) among them. */
final class TimeTextTest {
    @ParameterizedTest
    @CsvSource({
        "1985-04-12T23:20:50.52Z,      1985-04-12T23:20:50.520Z",
        "1996-12-19T16:39:57-08:00,    1996-12-20T00:39:57Z",
        "1990-12-31T23:59:60Z,         1991-01-01T00:00:00Z",
        "1990-12-31T15:59:60-08:00,    1991-01-01T00:00:00Z",
        "2016-12-31T23:59:60.25Z,      2017-01-01T00:00:00.250Z",
        "2017-01-01T05:29:60+05:30,    2017-01-01T00:00:00Z",
        "1937-01-01T12:00:27.87+00:20, 1937-01-01T11:40:27.870Z",
        "2026-11-25t08:30:00z,         2026-11-25T08:30:00Z"
    })
    void areRead(String text, Instant time) {
        assertThat(TimeText.parse(text)).contains(time);
    }

    /** A leap second is the last one of a day in UTC. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "2026-11-25T08:30:60Z",
                "2016-12-31T23:58:60Z",
                "2016-12-31T23:59:60+01:00",
                "2016-12-31T23:59:61Z",
                "2016-02-30T23:59:60Z",
                "2016-12-31T24:00:00Z",
                "2016-12-31T23:59:59",
                "2016-12-31 23:59:59Z",
                "2016-12-31T23:59:59.Z",
                "2016-12-31T23:59:59+24:00"
            })
    void areNoTimes(String text) {
        assertThat(TimeText.parse(text)).isEmpty();
    }
}
