package dev.workflow.csv;

import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What comes in over HTTP was read before; whoever passes in something else is told so, wherever it breaks off. */
class MalformedTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "\n",
                "\"",
                "\"abc",
                "\"abc\\",
                "[",
                "[1",
                "[[1",
                "[[1,",
                "[{\"a\":1}",
                "[{\"a\":[1}]",
                "{",
                "{\"a",
                "{\"a\"",
                "{\"a\":",
                "{\"a\":\"",
                "{\"a\":\"b",
                "{\"a\":[",
                "{\"a\":{\"b\":1}",
                "nul",
                "1.",
                "-",
                "{\"a\":1,\"a\":",
                "\uFEFF1",
                "01",
                "1 2",
                "{}x",
                "[1]]",
                "[1,]",
                "{\"a\":1,}",
                "{,}",
                "{\"a\" 1}",
                "\"\\q\"",
                "\"\\u12\"",
                "\"\\u12g4\"",
                "1e",
                "+1",
                ".5",
                "\"a\nb\"",
                "{1:2}",
                "[1 2]",
                "truex",
                "tru",
                "{\"a\":{\"b\":1]}",
                "[1}",
                "{\"a\":1 \"b\":2}"
            })
    void is_no_json(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Render.csv(text))
                .withMessageStartingWith("Not a JSON text: ");
    }
}
