package dev.workflow.contracts.model;

import dev.workflow.domain.Content;
import dev.workflow.domain.StateName;
import dev.workflow.domain.Workflow;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What the oracle knows of a workflow. */
final class Known {
    final UUID id;
    final Content content;
    StateName state = StateName.WAITING;
    /** When a lease or a delay ends; when a consumed or dead one ended. */
    long time;

    long queuedAt;
    /** Earlier, when its message was lost. */
    long waitingSince;
    /** By which it became claimable; messages that earlier ones wrote are stale. */
    long statement;

    int attempts;

    @Nullable String lastError;

    @Nullable UUID deliveryId;

    long version = 1;

    Known(Workflow workflow) {
        this.id = workflow.id();
        this.content = workflow.content();
    }

    void become(StateName next, long at) {
        state = next;
        time = at;
        version++;
    }

    boolean isIn(StateName one) {
        return state == one;
    }

    boolean isHeldBy(Handed delivery) {
        return state == StateName.LEASED && delivery.id.equals(deliveryId);
    }

    boolean isDue(long now) {
        return (state == StateName.LEASED || state == StateName.DELAYED) && time <= now;
    }

    String describe() {
        return description(id, content, state, version) + history(attempts, lastError, deliveryId);
    }

    static String describe(Workflow workflow) {
        return description(
                        workflow.id(),
                        workflow.content(),
                        workflow.state().name(),
                        workflow.history().version())
                + historyOf(workflow);
    }

    static String historyOf(Workflow workflow) {
        return history(
                workflow.history().attempts(),
                workflow.history().lastError(),
                workflow.history().deliveryId());
    }

    private static String description(UUID id, Content content, StateName state, long version) {
        return id + " " + content.data() + " " + content.steps() + " " + state + " version " + version;
    }

    private static String history(int attempts, @Nullable String lastError, @Nullable UUID deliveryId) {
        return " attempts " + attempts + " error " + lastError + " delivery " + deliveryId;
    }
}
