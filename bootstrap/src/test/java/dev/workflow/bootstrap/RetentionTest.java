package dev.workflow.bootstrap;

import static dev.workflow.bootstrap.Client.header;
import static org.assertj.core.api.Assertions.assertThat;

import dev.workflow.contracts.Eventually;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What is kept for a while only is removed by the service itself. */
@Timeout(300)
final class RetentionTest {
    @Test
    void whatIsConsumedGoesWhenItsTimeIsOver() throws IOException {
        try (EmbeddedPostgres postgres = Servers.durablePostgres();
                Service service = Servers.start(postgres, Map.of("WORKFLOW_RETENTION_CONSUMED", "1ms"))) {
            Client client = new Client(service);
            String consumed = header(client.post("/workflow", "{\"data\":1}"), "Location");
            String waiting = header(client.post("/workflow", "{\"data\":2}"), "Location");

            assertThat(client.consume("/workflow/consume").body()).isEqualTo("value\r\n1\r\n");

            Eventually.holds("it is gone", () -> client.get(consumed).statusCode() == 404);
            assertThat(client.get(waiting).statusCode()).isEqualTo(200);
        }
    }
}
