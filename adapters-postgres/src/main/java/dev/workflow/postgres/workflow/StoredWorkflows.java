package dev.workflow.postgres.workflow;

import dev.workflow.domain.ChangeOutcome;
import dev.workflow.domain.Keyed;
import dev.workflow.domain.Listing;
import dev.workflow.domain.StatusChange;
import dev.workflow.domain.Submission;
import dev.workflow.domain.SubmitOutcome;
import dev.workflow.domain.Workflow;
import dev.workflow.domain.port.WorkflowRepository;
import dev.workflow.postgres.key.RequestKeys;
import dev.workflow.postgres.server.SqlState;
import dev.workflow.postgres.server.Transactions;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Workflows in their tables. */
public final class StoredWorkflows implements WorkflowRepository {
    private final Transactions transactions;
    private final Insertion insertion;
    private final StatusChanges changes;

    public StoredWorkflows(Transactions transactions, RequestKeys keys, FilterIndex index) {
        this.transactions = transactions;
        this.insertion = new Insertion(transactions, keys, index);
        this.changes = new StatusChanges(transactions, keys);
    }

    @Override
    public List<Keyed<SubmitOutcome>> insert(List<Submission> submissions) {
        return submissions.isEmpty() ? List.of() : insertion.run(submissions);
    }

    private static final String FIND = """
            SELECT %s, %s
            FROM workflow w LEFT JOIN pending p ON p.id = ? LEFT JOIN consumed c ON c.id = ?
            WHERE w.id = ?
            """.formatted(WorkflowRow.CONTENT, WorkflowRow.OF_EITHER);

    @Override
    public Optional<Workflow> find(UUID id) {
        return transactions.read(connection -> find(connection, id));
    }

    static Optional<Workflow> find(Connection connection, UUID id) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(FIND)) {
            statement.setObject(1, id);
            statement.setObject(2, id);
            statement.setObject(3, id);
            return WorkflowRow.readAll(statement).stream().findFirst();
        }
    }

    /** Nothing contains what cannot be stored. */
    @Override
    public List<Workflow> page(Listing listing) {
        return transactions.read(connection -> {
            try {
                return Page.read(connection, listing);
            } catch (SQLException e) {
                if (SqlState.of(e) == SqlState.BLAMES_A_MEMBER) {
                    return List.of();
                }
                throw e;
            }
        });
    }

    @Override
    public Keyed<ChangeOutcome> changeStatus(StatusChange change) {
        return changes.make(change);
    }
}
