package dev.workflow.application;

import dev.workflow.domain.Keyed;
import dev.workflow.domain.Redrive;
import dev.workflow.domain.RedriveOutcome;
import dev.workflow.domain.RequestKey;
import dev.workflow.domain.port.DeadLetters;
import java.util.function.Predicate;

/** Gives dead workflows another life. */
public final class RedriveDead {
    private final DeadLetters deadLetters;
    private final RelayOutbox relay;
    private final OneAtATime oneAtATime;

    /** @param isHeld whether a consumer waits with a key */
    public RedriveDead(DeadLetters deadLetters, RelayOutbox relay, Predicate<RequestKey> isHeld) {
        this.deadLetters = deadLetters;
        this.relay = relay;
        this.oneAtATime = new OneAtATime(isHeld);
    }

    public Keyed<RedriveOutcome> redrive(Redrive redrive) {
        return oneAtATime.runNow(redrive.key(), () -> {
            Keyed<RedriveOutcome> outcome = deadLetters.redrive(redrive);
            relay.wake();
            return outcome;
        });
    }
}
