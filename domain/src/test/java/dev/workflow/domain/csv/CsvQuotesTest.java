package dev.workflow.domain.csv;

import static org.assertj.core.api.Assertions.assertThat;

import dev.workflow.domain.csv.CsvQuotes.Place;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class CsvQuotesTest {
    private static boolean areNeeded(char delimiter, String cell, Place place) {
        byte[] text = ("," + cell + ",").getBytes(StandardCharsets.UTF_8);
        return CsvQuotes.with(delimiter).areNeeded(text, 1, text.length - 1, place);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\\.", "a;b", ";", "\"", "a\r", "\nb"})
    void whatWouldEndACellOrBeMisreadIsQuotedAnywhere(String cell) {
        for (Place place : Place.values()) {
            assertThat(areNeeded(';', cell, place)).as(place.name()).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", " ", "a,b", "\\", "\\.x", "a#", "xID", "I", "Id", "ä"})
    void nothingElseIs(String cell) {
        for (Place place : Place.values()) {
            assertThat(areNeeded(';', cell, place)).as(place.name()).isFalse();
        }
    }

    @Test
    void theStartOfALineAndOfAFileAreReadInOtherWays() {
        assertThat(areNeeded(',', "#a", Place.FILE_START)).isTrue();
        assertThat(areNeeded(',', "#a", Place.LINE_START)).isTrue();
        assertThat(areNeeded(',', "#a", Place.WITHIN_LINE)).isFalse();
        assertThat(areNeeded(',', "ID", Place.FILE_START)).isTrue();
        assertThat(areNeeded(',', "IDs", Place.FILE_START)).isTrue();
        assertThat(areNeeded(',', "ID", Place.LINE_START)).isFalse();
        assertThat(areNeeded(',', "ID", Place.WITHIN_LINE)).isFalse();
    }
}
