package dev.workflow.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.workflow.domain.StorePolicy;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.sql.Connection;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What an operator is told of a database that was there a moment ago. */
@Timeout(120)
final class OpenStorageTest {
    @Test
    void saysWhatIsWrongInsteadOfTheVersion() throws Exception {
        EmbeddedPostgres postgres = Servers.durablePostgres();
        try (OpenStorage storage = open(postgres)) {
            assertThat(storage.description()).matches("PostgreSQL [0-9.]+ \\(at .*\\)");
            postgres.close();
            assertThat(storage.description()).matches("PostgreSQL \\(at .*\\)\\. It .*\\.");
        }
    }

    @Test
    void namesTheSettingWhereTheQueueGetsNoConnection() throws Exception {
        try (EmbeddedPostgres postgres = Servers.durablePostgres();
                OpenStorage storage = open(postgres);
                Connection connection =
                        postgres.getDatabase("postgres", "template1").getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("ALTER DATABASE postgres ALLOW_CONNECTIONS false");
            assertThatThrownBy(storage::ownQueue)
                    .isInstanceOf(StartFailure.class)
                    .hasMessageMatching("DATABASE_URL: The database at .* cannot be used: SQLSTATE 55000\\.");
        }
    }

    private static OpenStorage open(EmbeddedPostgres postgres) {
        return new OpenStorage(Servers.storage(postgres), StorePolicy.DEFAULT);
    }
}
