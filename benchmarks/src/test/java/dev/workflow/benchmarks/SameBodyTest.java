package dev.workflow.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.workflow.domain.Content;
import dev.workflow.rest.json.BodyReader;
import java.io.IOException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A comparison says something only when all who are compared read the same. */
class SameBodyTest {
    private final ObjectMapper mapper = new ObjectMapper();

    @ParameterizedTest
    @EnumSource
    void both_ways_read_the_same(BodyDocument document) throws IOException {
        byte[] json = document.json();
        Content content = BodyReader.submission(json).contents().getFirst();

        JsonNode tree = mapper.readTree(json);
        assertThat(mapper.readTree(content.data().bytes())).isEqualTo(tree.get("data"));
        assertThat(content.steps()).containsExactly("validate", "send");
    }
}
