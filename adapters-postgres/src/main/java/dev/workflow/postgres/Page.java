package dev.workflow.postgres;

import dev.workflow.domain.Listing;
import dev.workflow.domain.Workflow;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import org.postgresql.PGStatement;

/** A page of a list. */
final class Page {
    /** Most bytes of data that a page holds before its last workflow. */
    private static final int BYTES = 8 << 20;

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
        try (PreparedStatement statement = connection.prepareStatement(sql())) {
            planEachTime(statement);
            int place = 1;
            for (int i = 0; i < filter.places().tables(); i++) {
                statement.setObject(place++, start());
            }
            for (Object each : filter.values()) {
                statement.setObject(place++, each);
            }
            statement.setInt(place, listing.limit());
            return WorkflowRow.readAll(statement);
        }
    }

    /** A plan for any page, or one that was made while the tables were empty, joins by reading whole tables. */
    private static void planEachTime(PreparedStatement statement) throws SQLException {
        statement.unwrap(PGStatement.class).setPrepareThreshold(0);
    }

    private UUID start() {
        UUID after = listing.after();
        if (after != null) {
            return after;
        }
        return listing.order() == Listing.Order.OLDEST_FIRST ? FIRST : LAST;
    }

    /** Cuts the page after so many bytes. The size of a text that is kept out of line is known without fetching it. */
    private String sql() {
        boolean forward = listing.order() == Listing.Order.OLDEST_FIRST;
        String order = forward ? "ASC" : "DESC";
        return """
                SELECT *
                FROM (SELECT r.*, sum(octet_length(source)) OVER (ORDER BY id %s) - octet_length(source) AS bytes_before
                      FROM (%s %s ORDER BY w.id %s LIMIT ?) r) s
                WHERE bytes_before < %d
                ORDER BY id %s
                """.formatted(
                        order,
                        filter.places().select().replace("%after%", forward ? ">" : "<"),
                        filter.conditions(),
                        order,
                        BYTES,
                        order);
    }
}
