package dev.workflow.rest;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PercentEncodingTest {
    @Test
    void whatIsACharacterOfAUriStaysAsItIs() {
        String part = "contains=%7B%22a%22:1%7D&step=a+b/c?d'e~f";
        assertThat(PercentEncoding.ofUri(part)).isEqualTo(part);
    }

    @Test
    void whatIsNotIsEncoded() {
        assertThat(PercentEncoding.ofUri("{\"a\":\"x>y\u00e9\"}")).isEqualTo("%7B%22a%22:%22x%3Ey%E9%22%7D");
    }
}
