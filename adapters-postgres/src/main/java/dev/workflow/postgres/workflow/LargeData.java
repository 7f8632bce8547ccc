package dev.workflow.postgres.workflow;

import dev.workflow.domain.Content;
import dev.workflow.domain.Utf8Text;
import dev.workflow.domain.Workflow;
import dev.workflow.postgres.value.BinaryArray;
import dev.workflow.postgres.value.Columns;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Data that were left out of a page, since many of their size would fill the memory. They never change. */
final class LargeData {
    private static final String FETCH = """
            SELECT id, source
            FROM (SELECT m.id, m.place, w.source,
                         sum(octet_length(w.source)) OVER (ORDER BY m.place) - octet_length(w.source) AS bytes_before
                  FROM unnest(?) WITH ORDINALITY AS m (id, place)
                  LEFT JOIN LATERAL (SELECT source FROM workflow WHERE workflow.id = m.id LIMIT 1) w ON true) s
            WHERE coalesce(bytes_before, 0) < ?
            ORDER BY place
            """;

    private LargeData() {}

    /**
     * The page with its large data, as far as these take {@code bytes}: then it ends, but never before the first. Workflows that
     * are gone meanwhile are not in it.
     */
    static List<Workflow> fill(List<Workflow> page, int bytes, Connection connection) throws SQLException {
        List<UUID> missing =
                page.stream().filter(LargeData::isMissing).map(Workflow::id).toList();
        return missing.isEmpty() ? page : fill(page, fetch(missing, bytes, connection));
    }

    private static List<Workflow> fill(List<Workflow> page, Map<UUID, byte @Nullable []> fetched) {
        List<Workflow> filled = new ArrayList<>(page.size());
        for (Workflow each : page) {
            if (isMissing(each) && !fetched.containsKey(each.id())) {
                break;
            }
            byte[] data = isMissing(each)
                    ? fetched.get(each.id())
                    : each.content().data().bytes();
            if (data != null) {
                filled.add(with(Utf8Text.ofBytes(data), each));
            }
        }
        return filled;
    }

    private static boolean isMissing(Workflow workflow) {
        return workflow.content().data().length() == 0;
    }

    private static Workflow with(Utf8Text data, Workflow workflow) {
        Content content = new Content(data, workflow.content().steps());
        return new Workflow(workflow.id(), content, workflow.state(), workflow.history());
    }

    /** Null for those that are gone. */
    private static Map<UUID, byte @Nullable []> fetch(List<UUID> ids, int bytes, Connection connection)
            throws SQLException {
        Map<UUID, byte @Nullable []> fetched = new HashMap<>();
        try (PreparedStatement statement = connection.prepareStatement(FETCH)) {
            statement.setObject(1, BinaryArray.ofUuids(ids));
            statement.setInt(2, bytes);
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    fetched.put(Columns.uuid(row, "id"), row.getBytes("source"));
                }
            }
        }
        return fetched;
    }
}
