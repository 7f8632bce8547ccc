package dev.workflow.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class CompactJsonTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                "{\"a b\" : [1 , 2]}   | {\"a b\":[1,2]}",
                "[\"x \\\" \\\\\" , 1.0] | [\"x \\\" \\\\\",1.0]",
                "^ 7\t\r\n^            | 7",
                "[\"ä ö\",null]        | [\"ä ö\",null]",
            })
    void whiteSpaceBetweenTokensGoes(String json, String compact) {
        byte[] text = ("x " + json + " y").getBytes(StandardCharsets.UTF_8);
        ByteArrayOutputStream out = new ByteArrayOutputStream();

        CompactJson.write(text, 2, text.length - 2, (bytes, start, end) -> out.write(bytes, start, end - start));

        assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo(compact);
        assertThat(CompactJson.isCompact(text, 2, text.length - 2)).isEqualTo(json.equals(compact));
    }
}
