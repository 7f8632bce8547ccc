package dev.workflow.postgres;

import dev.workflow.domain.ChangeOutcome;
import dev.workflow.domain.Listing;
import dev.workflow.domain.Status;
import dev.workflow.domain.StatusChange;
import dev.workflow.domain.Submission;
import dev.workflow.domain.SubmitOutcome;
import dev.workflow.domain.Workflow;
import dev.workflow.domain.port.WorkflowRepository;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGStatement;

/** Workflows in their tables. */
final class StoredWorkflows implements WorkflowRepository {
    /** Most bytes of data that a page holds before its last workflow. */
    private static final int PAGE_BYTES = 8 << 20;

    private static final UUID BEFORE_ALL = new UUID(0, 0);

    private final Transactions transactions;
    private final Insertion insertion;
    private final StatusChanges changes;

    StoredWorkflows(Transactions transactions) {
        this.transactions = transactions;
        this.insertion = new Insertion(transactions);
        this.changes = new StatusChanges(transactions, this::find);
    }

    @Override
    public List<SubmitOutcome> insert(List<Submission> submissions) {
        return submissions.isEmpty() ? List.of() : insertion.run(submissions);
    }

    private static final String FIND = """
            SELECT %s, %s
            FROM workflow w LEFT JOIN pending p ON p.id = ? LEFT JOIN consumed c ON c.id = ?
            WHERE w.id = ?
            """.formatted(WorkflowRow.CONTENT, WorkflowRow.OF_EITHER);

    @Override
    public Optional<Workflow> find(UUID id) {
        return transactions.read(connection -> {
            try (PreparedStatement statement = connection.prepareStatement(FIND)) {
                statement.setObject(1, id);
                statement.setObject(2, id);
                statement.setObject(3, id);
                return WorkflowRow.readAll(statement).stream().findFirst();
            }
        });
    }

    /** Each table is told where the page begins: a merge join would read the other one from its first row. */
    private static final String PAGE_OF_ALL = page("""
            SELECT %s, %s
            FROM workflow w
            LEFT JOIN pending p ON p.id = w.id AND p.id > ?
            LEFT JOIN consumed c ON c.id = w.id AND c.id > ?
            WHERE w.id > ?
            ORDER BY w.id
            LIMIT ?
            """.formatted(WorkflowRow.CONTENT, WorkflowRow.OF_EITHER));

    private static final String PAGE_OF_INSERTED = page("""
            SELECT %s, %s
            FROM pending p JOIN workflow w ON w.id = p.id AND w.id > ?
            WHERE p.id > ?
            ORDER BY p.id
            LIMIT ?
            """.formatted(WorkflowRow.CONTENT, WorkflowRow.OF_PENDING));

    private static final String PAGE_OF_CONSUMED = page("""
            SELECT %s, %s
            FROM consumed c JOIN workflow w ON w.id = c.id AND w.id > ?
            WHERE c.id > ?
            ORDER BY c.id
            LIMIT ?
            """.formatted(WorkflowRow.CONTENT, WorkflowRow.OF_CONSUMED));

    /** Cuts a page after so many bytes. The size of a text that is kept out of line is known without fetching it. */
    private static String page(String rows) {
        return """
                SELECT *
                FROM (SELECT r.*, sum(octet_length(source)) OVER (ORDER BY id) - octet_length(source) AS bytes_before
                      FROM (%s) r) s
                WHERE bytes_before < %d
                ORDER BY id
                """.formatted(rows, PAGE_BYTES);
    }

    private static String page(@Nullable Status status) {
        return switch (status) {
            case null -> PAGE_OF_ALL;
            case INSERTED -> PAGE_OF_INSERTED;
            case CONSUMED -> PAGE_OF_CONSUMED;
        };
    }

    @Override
    public List<Workflow> page(Listing listing) {
        UUID after = listing.after() == null ? BEFORE_ALL : listing.after();
        int places = listing.status() == null ? 3 : 2;
        return transactions.read(connection -> {
            try (PreparedStatement statement = connection.prepareStatement(page(listing.status()))) {
                planEachTime(statement);
                for (int i = 1; i <= places; i++) {
                    statement.setObject(i, after);
                }
                statement.setInt(places + 1, listing.limit());
                return WorkflowRow.readAll(statement);
            }
        });
    }

    /** A plan for any page, or one that was made while the tables were empty, joins by reading whole tables. */
    private static void planEachTime(PreparedStatement statement) throws SQLException {
        statement.unwrap(PGStatement.class).setPrepareThreshold(0);
    }

    @Override
    public ChangeOutcome changeStatus(StatusChange change) {
        return changes.make(change);
    }
}
