package dev.workflow.postgres.workflow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.workflow.domain.Content;
import dev.workflow.domain.Criterion;
import dev.workflow.domain.Listing;
import dev.workflow.domain.Status;
import dev.workflow.domain.Utf8Text;
import dev.workflow.domain.Workflow;
import dev.workflow.postgres.OnOneDatabase;
import dev.workflow.postgres.server.Connector;
import dev.workflow.postgres.server.DatabaseUrl;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** How much a page holds. */
final class PagesTest extends OnOneDatabase {
    @Test
    void aPageOfLargeOnesIsShort() {
        String large = "\"" + "x".repeat(1_000_000) + "\"";
        for (int i = 0; i < 15; i++) {
            stored(large);
        }
        Listing all = Listing.ofAll(1000);
        for (Listing listing : List.of(
                all,
                all.with(new Criterion.HasStatus(Status.INSERTED)),
                new Listing(List.of(), Listing.Order.NEWEST_FIRST, null, 1000))) {
            assertThat(store.workflows().page(listing)).hasSize(3);
        }
    }

    @Test
    void aPageOfSmallOnesIsFull() {
        stored(Collections.nCopies(1000, "1").toArray(String[]::new));
        assertThat(store.workflows().page(Listing.ofAll(1000))).hasSize(1000);
    }

    @Test
    void largeOnesThatGoWhileThePageIsReadAreLeftOut() throws SQLException {
        List<Workflow> page = Stream.of("1", "\"gone\"", "\"large\"")
                .map(data -> stored(data).getFirst())
                .toList();
        List<Workflow> cut = List.of(page.get(0), withoutData(page.get(1)), withoutData(page.get(2)));
        store.execute("DELETE FROM workflow WHERE id = '" + page.get(1).id() + "'");
        try (Connection connection = connect()) {
            assertThat(LargeData.fill(cut, 1, connection)).containsExactly(page.get(0), page.get(2));
        }
    }

    private Connection connect() throws SQLException {
        return new Connector(DatabaseUrl.parse(store.url()), 1).open(Duration.ofSeconds(5));
    }

    private static Workflow withoutData(Workflow workflow) {
        Content content = new Content(Utf8Text.of(""), workflow.content().steps());
        return new Workflow(workflow.id(), content, workflow.state(), workflow.history());
    }

    @Test
    void eachPageHasAPlanOfItsOwn() throws SQLException {
        stored("1", "2");
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            for (int i = 0; i < 20; i++) {
                assertThat(Page.read(connection, Listing.ofAll(10))).hasSize(2);
            }
            try (ResultSet row = statement.executeQuery("""
                    SELECT generic_plans, custom_plans FROM pg_prepared_statements WHERE statement LIKE '%FROM workflow%'""")) {
                assertThat(row.next()).isTrue();
                assertThat(row.getLong(1)).isZero();
                assertThat(row.getLong(2)).isEqualTo(20);
            }
        }
    }
}
