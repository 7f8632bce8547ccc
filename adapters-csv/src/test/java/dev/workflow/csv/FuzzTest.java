package dev.workflow.csv;

import static org.assertj.core.api.Assertions.assertThat;

import dev.workflow.domain.Utf8Text;
import dev.workflow.domain.csv.CsvOutcome;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Bytes that nobody vouches for: refused as no JSON, or rendered, and nothing else. */
class FuzzTest {
    @Test
    void random_bytes() {
        Random random = new Random(1);
        for (int i = 0; i < 20_000; i++) {
            byte[] bytes = new byte[1 + random.nextInt(40)];
            random.nextBytes(bytes);
            render(bytes, i);
        }
    }

    @Test
    void random_tokens() {
        String[] tokens = {"{", "}", "[", "]", ",", ":", "\"a\"", "\"", "\\", "1", "-", "null", "true", " ", "\u00e9"};
        Random random = new Random(2);
        for (int i = 0; i < 20_000; i++) {
            StringBuilder text = new StringBuilder();
            for (int j = random.nextInt(20); j >= 0; j--) {
                text.append(tokens[random.nextInt(tokens.length)]);
            }
            render(text.toString().getBytes(StandardCharsets.UTF_8), i);
        }
    }

    @Test
    void valid_documents_with_a_few_bytes_changed() {
        Random random = new Random(3);
        for (int i = 0; i < 20_000; i++) {
            byte[] bytes = new RandomJson(i).document().getBytes(StandardCharsets.UTF_8);
            for (int j = random.nextInt(3); j >= 0; j--) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(128);
            }
            render(bytes, i);
        }
    }

    @Test
    void valid_documents_cut_short() {
        for (int i = 0; i < 5_000; i++) {
            byte[] bytes = new RandomJson(i).record().getBytes(StandardCharsets.UTF_8);
            byte[] cut = Arrays.copyOf(bytes, new Random(i).nextInt(bytes.length));
            assertThat(CorporaTest.isRefused(cut)).isTrue();
        }
    }

    private static void render(byte[] bytes, int seed) {
        try {
            CsvOutcome outcome = Render.SHARED.preview(Utf8Text.ofBytes(bytes), new RandomOptions(seed).options());
            assertThat(outcome).isNotNull();
        } catch (IllegalArgumentException notJson) {
            assertThat(notJson).hasMessageStartingWith("Not a JSON text");
        }
    }
}
