package dev.workflow.postgres;

import dev.workflow.domain.Fault;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Runs the members of a batch in one transaction, in such a way that a member which the database refuses does not take the
 * others with it.
 *
 * @param <M> a member
 * @param <O> what becomes of it
 */
abstract class Batch<M, O> {
    private static final System.Logger LOG = System.getLogger(Batch.class.getName());

    /** Does all or nothing; one outcome for each member. */
    abstract List<O> attempt(List<M> members) throws SQLException;

    abstract O refused(SQLException why);

    abstract O failed(Fault why);

    final List<O> run(List<M> members) {
        try {
            return attempt(members);
        } catch (SQLException e) {
            return recover(members, e);
        } catch (Fault fault) {
            return allFailed(members, fault);
        }
    }

    /** What to do after a first attempt that was refused. */
    final List<O> recover(List<M> members, SQLException e) {
        return switch (SqlState.of(e)) {
            case BLAMES_A_MEMBER -> members.size() == 1 ? List.of(refused(e)) : oneByOne(members);
            case ASKS_TO_REPEAT -> onceMore(members);
            case AWAY -> allFailed(members, away(e));
        };
    }

    private List<O> onceMore(List<M> members) {
        try {
            return attempt(members);
        } catch (SQLException e) {
            return SqlState.of(e) == SqlState.BLAMES_A_MEMBER ? recover(members, e) : allFailed(members, away(e));
        } catch (Fault fault) {
            return allFailed(members, fault);
        }
    }

    /** Once the database is away the rest is not tried: each would wait for it in vain. */
    private List<O> oneByOne(List<M> members) {
        List<O> outcomes = new ArrayList<>(members.size());
        for (M member : members) {
            try {
                outcomes.addAll(attempt(List.of(member)));
            } catch (SQLException e) {
                if (SqlState.of(e) == SqlState.AWAY) {
                    return filledUp(outcomes, members, away(e));
                }
                outcomes.addAll(recover(List.of(member), e));
            } catch (Fault fault) {
                outcomes.add(failed(fault));
                return filledUp(outcomes, members, new Fault.Unavailable("The database went away.", fault));
            }
        }
        return outcomes;
    }

    private List<O> filledUp(List<O> outcomes, List<M> members, Fault fault) {
        outcomes.addAll(Collections.nCopies(members.size() - outcomes.size(), failed(fault)));
        return outcomes;
    }

    final List<O> allFailed(List<M> members, Fault fault) {
        return Collections.nCopies(members.size(), failed(fault));
    }

    private static Fault away(SQLException e) {
        LOG.log(System.Logger.Level.WARNING, () -> "The database refused a batch: SQLSTATE " + e.getSQLState());
        return Transactions.unavailable(e);
    }
}
