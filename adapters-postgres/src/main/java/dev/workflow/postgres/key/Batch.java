package dev.workflow.postgres.key;

import dev.workflow.domain.Fault;
import dev.workflow.domain.Keyed;
import dev.workflow.domain.RequestKey;
import dev.workflow.postgres.server.LogThrottle;
import dev.workflow.postgres.server.Pool;
import dev.workflow.postgres.server.SqlState;
import dev.workflow.postgres.server.Transactions;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Runs the members of a batch in one transaction, in such a way that a member which the database refuses, or whose key is in
 * use, does not take the others with it.
 *
 * @param <M> a member
 * @param <O> what becomes of it
 */
public abstract class Batch<M, O> {
    private static final System.Logger LOG = System.getLogger(Batch.class.getName());

    /** Its key has been waited for before. */
    private static final Duration HARDLY = Duration.ofMillis(20);
    /** After so many members for whom there is no room, others are not tried: each took some time to find out. */
    private static final int MOST_OVERLOADED = 4;

    private final LogThrottle warnings =
            new LogThrottle(message -> LOG.log(System.Logger.Level.WARNING, message), System::nanoTime);

    /**
     * Does all or nothing; one outcome for each member.
     *
     * @param patience how long to wait for a key that is in use
     * @throws BlockedKey when that was not enough
     */
    protected abstract List<Keyed<O>> attempt(List<M> members, Duration patience) throws SQLException;

    protected abstract @Nullable RequestKey keyOf(M member);

    protected abstract O refused(SQLException why);

    protected abstract O failed(Fault why);

    /** What becomes of those that are left, where no more may be done beside what was. */
    protected Optional<O> forTheRest(List<Keyed<O>> done) {
        return Optional.empty();
    }

    public final List<Keyed<O>> run(List<M> members) {
        try {
            return attempt(members, Pool.WAIT_FOR_LOCK);
        } catch (SQLException e) {
            return recover(members, e);
        } catch (Fault fault) {
            return allFailed(members, fault);
        }
    }

    /** What to do after a first attempt that was refused. */
    protected final List<Keyed<O>> recover(List<M> members, SQLException e) {
        if (e instanceof BlockedKey) {
            return keyedApart(members);
        }
        return switch (SqlState.of(e)) {
            case BLAMES_A_MEMBER -> members.size() == 1 ? List.of(fresh(refused(e))) : oneByOne(members);
            case ASKS_TO_REPEAT -> onceMore(members);
            case AWAY -> allFailed(members, away(e));
        };
    }

    private List<Keyed<O>> onceMore(List<M> members) {
        try {
            return attempt(members, Pool.WAIT_FOR_LOCK);
        } catch (SQLException e) {
            boolean again = e instanceof BlockedKey || SqlState.of(e) == SqlState.BLAMES_A_MEMBER;
            return again ? recover(members, e) : allFailed(members, away(e));
        } catch (Fault fault) {
            return allFailed(members, fault);
        }
    }

    /** Those without a key need not wait for the others. */
    private List<Keyed<O>> keyedApart(List<M> members) {
        List<M> without = members.stream().filter(each -> keyOf(each) == null).toList();
        Iterator<Keyed<O>> together = (without.isEmpty() ? List.<Keyed<O>>of() : run(without)).iterator();
        Iterator<Keyed<O>> alone = oneByOne(
                        members.stream().filter(each -> keyOf(each) != null).toList())
                .iterator();
        return members.stream()
                .map(each -> (keyOf(each) == null ? together : alone).next())
                .toList();
    }

    /** Once the database is away the rest is not tried: each would wait for it in vain. */
    protected final List<Keyed<O>> oneByOne(List<M> members) {
        List<Keyed<O>> outcomes = new ArrayList<>(members.size());
        int overloaded = 0;
        for (M member : members) {
            Optional<O> untried = forTheRest(outcomes);
            if (untried.isPresent()) {
                return filledUp(outcomes, members, untried.get());
            }
            try {
                outcomes.addAll(attempt(List.of(member), HARDLY));
            } catch (BlockedKey e) {
                outcomes.add(new Keyed.InProgress<>());
            } catch (SQLException e) {
                if (SqlState.of(e) == SqlState.AWAY) {
                    return filledUp(outcomes, members, failed(away(e)));
                }
                outcomes.addAll(recover(List.of(member), e));
            } catch (Fault.Overloaded fault) {
                outcomes.add(fresh(failed(fault)));
                overloaded++;
                if (overloaded == MOST_OVERLOADED) {
                    return filledUp(outcomes, members, failed(fault));
                }
            } catch (Fault fault) {
                outcomes.add(fresh(failed(fault)));
                Fault away = Fault.Unavailable.database("The database went away.", fault);
                return filledUp(outcomes, members, failed(away));
            }
        }
        return outcomes;
    }

    private List<Keyed<O>> filledUp(List<Keyed<O>> outcomes, List<M> members, O rest) {
        outcomes.addAll(Collections.nCopies(members.size() - outcomes.size(), fresh(rest)));
        return outcomes;
    }

    protected final List<Keyed<O>> allFailed(List<M> members, Fault fault) {
        return Collections.nCopies(members.size(), fresh(failed(fault)));
    }

    private static <O> Keyed<O> fresh(O outcome) {
        return new Keyed.Fresh<>(outcome);
    }

    private Fault away(SQLException e) {
        String what = SqlState.isAnswer(e) ? "The database refused a batch" : "The database went away during a batch";
        warnings.say(what + ": SQLSTATE " + e.getSQLState());
        return Transactions.unavailable(e);
    }
}
