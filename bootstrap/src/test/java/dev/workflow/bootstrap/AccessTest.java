package dev.workflow.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Keys from the environment guard the whole service. */
@Timeout(300)
class AccessTest {
    /** SHA-256 of "secret". */
    private static final String HASH = "2bb80d537b1da3e38bd30361aa855686bde0eacd7162fef6a25fe97bf527a25b";

    @Test
    void onlyTheHoldersOfKeysAreServed() throws IOException {
        try (EmbeddedPostgres postgres = Servers.durablePostgres();
                Service service = Servers.start(postgres, Map.of("WORKFLOW_API_KEYS", "shop:producer:" + HASH))) {
            Client client = new Client(service);
            assertThat(client.get("/health").statusCode()).isEqualTo(200);
            assertThat(client.post("/workflow", "{\"data\":1}").statusCode()).isEqualTo(401);
            assertThat(client.post("/workflow", "{\"data\":1}", "Authorization", "Bearer secret")
                            .statusCode())
                    .isEqualTo(201);
            assertThat(client.get("/workflow/consume", "Authorization", "Bearer secret")
                            .statusCode())
                    .isEqualTo(403);
            assertThat(service.greeting()).contains("shop (producer)").doesNotContain(HASH);
        }
    }
}
