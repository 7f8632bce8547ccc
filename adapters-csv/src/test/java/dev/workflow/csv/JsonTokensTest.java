package dev.workflow.csv;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.workflow.contracts.Corpora;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** Jackson, which reads documents when they come in, finds the same tokens in them. */
class JsonTokensTest {
    @Property(tries = 3000, seed = "8")
    void tokens_of_random_documents(@ForAll long seed) throws IOException {
        compare(new RandomJson(seed).document().getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void tokens_of_valid_json() throws IOException {
        for (Path file : Corpora.files("json-test-suite/test_parsing", "y_.*\\.json")) {
            compare(Files.readAllBytes(file));
        }
    }

    private static void compare(byte[] json) throws IOException {
        JsonTokens tokens = new JsonTokens(json);
        try (JsonParser parser = new JsonFactory().createParser(json)) {
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                assertThat(tokens.next()).isEqualTo(token.isNumeric() ? JsonToken.VALUE_NUMBER_INT : token);
                if (token == JsonToken.FIELD_NAME || token == JsonToken.VALUE_STRING) {
                    assertThat(tokens.text()).isEqualTo(parser.getText());
                }
                if (token != JsonToken.FIELD_NAME) {
                    assertThat(tokens.start())
                            .isEqualTo((int) parser.currentTokenLocation().getByteOffset());
                }
            }
        }
        assertThat(tokens.next()).isNull();
    }
}
