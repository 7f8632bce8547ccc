package dev.workflow.postgres;

import dev.workflow.domain.Claim;
import dev.workflow.domain.ClaimOutcome;
import dev.workflow.domain.Fault;
import dev.workflow.domain.Workflow;
import dev.workflow.domain.port.DeliveryRepository;
import io.micronaut.data.jdbc.runtime.ConnectionCallback;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Hands workflows over. */
final class Claims extends Batch<Claim, ClaimOutcome> implements DeliveryRepository {
    private final Transactions transactions;

    Claims(Transactions transactions) {
        this.transactions = transactions;
    }

    @Override
    public List<ClaimOutcome> claim(Supplier<List<Claim>> supplier) {
        Once claims = new Once(supplier);
        try {
            return transactions.write(connection -> claim(connection, claims.get()));
        } catch (SQLException e) {
            return recover(claims.get(), e);
        } catch (Fault fault) {
            if (!claims.isKnown()) {
                throw fault;
            }
            return allFailed(claims.get(), fault);
        }
    }

    @Override
    List<ClaimOutcome> attempt(List<Claim> claims) throws SQLException {
        return transactions.write(connection -> claim(connection, claims));
    }

    private static Ending<List<ClaimOutcome>> claim(Connection connection, List<Claim> claims) throws SQLException {
        Taken taken = claims.isEmpty() ? Taken.NOTHING : take(connection, claims);
        List<ClaimOutcome> outcomes =
                claims.stream().map(each -> written(each, taken)).toList();
        return taken.byId().isEmpty()
                ? Ending.nothingDone(outcomes)
                : Ending.done(outcomes, taken.transactionId(), traceOf(claims));
    }

    /**
     * Locks in the order of the ids, so that two who want the same cannot wait for each other in a circle, and waits for
     * those who were first: a row that is locked is not yet a row that is taken. A row that becomes claimable during the wait
     * is not taken; whoever made it so has sent a message of its own. Rows are looked up by arrays of ids: a join could be
     * planned as a scan, while the tables are empty, and then be kept.
     */
    private static final String TAKE = """
            WITH locked AS MATERIALIZED (
                SELECT id FROM pending WHERE id = ANY (?) ORDER BY id FOR UPDATE),
            taken AS (
                DELETE FROM pending
                WHERE id = ANY (ARRAY(SELECT id FROM locked)) AND lease_until IS NULL AND dead_at IS NULL
                RETURNING id, version, attempts, last_error),
            done AS (
                INSERT INTO consumed (id, version, consumed_at, delivery_id, attempts, last_error)
                SELECT id, version + 1, clock_timestamp(), (?)[array_position(?, id)], attempts, last_error FROM taken
                RETURNING *)
            SELECT %s, %s, pg_current_xact_id() AS transaction_id
            FROM done c CROSS JOIN LATERAL (SELECT * FROM workflow WHERE workflow.id = c.id LIMIT 1) w
            """.formatted(WorkflowRow.CONTENT, WorkflowRow.OF_CONSUMED);

    private static Taken take(Connection connection, List<Claim> claims) throws SQLException {
        List<UUID> ids = new ArrayList<>();
        List<UUID> deliveryIds = new ArrayList<>();
        for (Claim claim : claims) {
            for (UUID id : claim.workflowIds()) {
                ids.add(id);
                deliveryIds.add(claim.deliveryId());
            }
        }
        try (PreparedStatement statement = connection.prepareStatement(TAKE)) {
            BinaryArray wanted = BinaryArray.ofUuids(ids);
            statement.setObject(1, wanted);
            statement.setObject(2, BinaryArray.ofUuids(deliveryIds));
            statement.setObject(3, wanted);
            try (ResultSet row = statement.executeQuery()) {
                return Taken.read(row);
            }
        }
    }

    private static ClaimOutcome written(Claim claim, Taken taken) {
        List<Workflow> workflows = claim.workflowIds().stream()
                .distinct()
                .flatMap(id -> Stream.ofNullable(taken.byId().get(id)))
                .toList();
        return workflows.isEmpty()
                ? new ClaimOutcome.NotClaimable()
                : new ClaimOutcome.Delivered(workflows, claim.rendering().render(workflows));
    }

    private static final String TRACE = """
            SELECT EXISTS (SELECT FROM consumed WHERE delivery_id = ANY (?))
                OR EXISTS (SELECT FROM pending WHERE delivery_id = ANY (?))
            """;

    /** Delivery ids are fresh: wherever one of them stands, this transaction wrote it. */
    private static ConnectionCallback<Boolean> traceOf(List<Claim> claims) {
        BinaryArray ids =
                BinaryArray.ofUuids(claims.stream().map(Claim::deliveryId).toList());
        return connection -> {
            try (PreparedStatement statement = connection.prepareStatement(TRACE)) {
                statement.setObject(1, ids);
                statement.setObject(2, ids);
                return Transactions.isTrue(statement);
            }
        };
    }

    /** A claim has nothing in it that the database could refuse. */
    @Override
    ClaimOutcome refused(SQLException why) {
        return failed(Transactions.unavailable(why));
    }

    @Override
    ClaimOutcome failed(Fault why) {
        return new ClaimOutcome.Failed(why);
    }

    private record Taken(Map<UUID, Workflow> byId, String transactionId) {
        static final Taken NOTHING = new Taken(Map.of(), "");

        static Taken read(ResultSet row) throws SQLException {
            Map<UUID, Workflow> byId = new HashMap<>();
            String transactionId = "";
            while (row.next()) {
                Workflow workflow = WorkflowRow.read(row);
                byId.put(workflow.id(), workflow);
                transactionId = row.getString("transaction_id");
            }
            return new Taken(byId, transactionId);
        }
    }

    /** The queue is asked once, however often the transaction is tried. */
    private static final class Once {
        private final Supplier<List<Claim>> supplier;
        private @Nullable List<Claim> claims;

        Once(Supplier<List<Claim>> supplier) {
            this.supplier = supplier;
        }

        List<Claim> get() {
            List<Claim> known = claims;
            if (known == null) {
                known = List.copyOf(supplier.get());
                claims = known;
            }
            return known;
        }

        boolean isKnown() {
            return claims != null;
        }
    }
}
