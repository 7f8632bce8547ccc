package dev.workflow.rest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.workflow.contracts.CsvCase;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Bytes that nobody vouches for, previewed with options that are mostly right: a table or a refusal, never a failure. */
final class CsvFuzzTest extends ServiceTest {
    private static final int REQUESTS = 1_500;
    private static final String TOKENS = "{}[],:\"\\";

    private final List<CsvCase> cases = CsvCase.all();

    @Test
    void randomBytes() {
        Random random = new Random(4);
        for (int i = 0; i < REQUESTS; i++) {
            byte[] body = new byte[1 + random.nextInt(60)];
            random.nextBytes(body);
            preview(body, any(random).query());
        }
    }

    @Test
    void documentsWithAFewBytesChanged() {
        Random random = new Random(5);
        for (int i = 0; i < REQUESTS; i++) {
            byte[] body = any(random).documents().getFirst().getBytes(StandardCharsets.UTF_8);
            for (int changes = random.nextInt(4); changes > 0; changes--) {
                body[random.nextInt(body.length)] = changed(random);
            }
            preview(body, any(random).query());
        }
    }

    private static byte changed(Random random) {
        return (byte) (random.nextBoolean() ? random.nextInt(256) : TOKENS.charAt(random.nextInt(TOKENS.length())));
    }

    private CsvCase any(Random random) {
        return cases.get(random.nextInt(cases.size()));
    }

    private void preview(byte[] body, String query) {
        Reply reply =
                client.send("POST", "/workflow/csv/preview?" + query, BodyPublishers.ofByteArray(body), Client.JSON);
        assertThat(reply.status())
                .as("%s of %s", query, new String(body, StandardCharsets.ISO_8859_1))
                .isIn(200, 400);
    }
}
