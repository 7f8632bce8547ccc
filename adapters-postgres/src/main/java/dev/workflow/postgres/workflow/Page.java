package dev.workflow.postgres.workflow;

import dev.workflow.domain.Listing;
import dev.workflow.domain.Workflow;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;

/** A page of a list. */
final class Page {
    /** Most bytes of small data that a page holds, and of large data before its last large ones. */
    private static final int BYTES = 2 << 20;

    /**
     * For the statement beside it, in the same round trip. A plan for any page, or one that was made while the tables were empty,
     * joins by reading whole tables; but only a statement that is prepared for many runs answers in binary form.
     */
    private static final String PLAN_EACH_TIME = "SELECT set_config('plan_cache_mode', 'force_custom_plan', true);";

    private static final UUID FIRST = new UUID(0, 0);
    private static final UUID LAST = new UUID(-1, -1);

    private final Listing listing;
    private final Filter filter;

    private Page(Listing listing) {
        this.listing = listing;
        this.filter = Filter.of(listing.criteria());
    }

    static List<Workflow> read(Connection connection, Listing listing) throws SQLException {
        return new Page(listing).read(connection);
    }

    private List<Workflow> read(Connection connection) throws SQLException {
        if (filter.isVoid()) {
            return List.of();
        }
        List<Workflow> found = find(connection);
        List<Workflow> page = LargeData.fill(found, BYTES, connection);
        // all that was found is gone meanwhile
        return page.isEmpty() && !found.isEmpty()
                ? read(connection, listing.after(found.getLast().id()))
                : page;
    }

    private List<Workflow> find(Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(PLAN_EACH_TIME + sql())) {
            int place = 1;
            statement.setInt(place++, BYTES / listing.limit());
            for (int i = 0; i < filter.places().tables(); i++) {
                statement.setObject(place++, start());
            }
            for (Object each : filter.values()) {
                statement.setObject(place++, each);
            }
            statement.setInt(place, listing.limit());
            statement.execute();
            statement.getMoreResults();
            try (ResultSet row = statement.getResultSet()) {
                return WorkflowRow.readAll(row);
            }
        }
    }

    private UUID start() {
        UUID after = listing.after();
        if (after != null) {
            return after;
        }
        return listing.order() == Listing.Order.OLDEST_FIRST ? FIRST : LAST;
    }

    private String sql() {
        boolean forward = listing.order() == Listing.Order.OLDEST_FIRST;
        return """
                %s %s
                ORDER BY w.id %s LIMIT ?
                """.formatted(
                        filter.places().select().replace("%after%", forward ? ">" : "<"),
                        filter.conditions(),
                        forward ? "ASC" : "DESC");
    }
}
