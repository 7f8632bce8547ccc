package dev.workflow.application;

import dev.workflow.domain.Keyed;
import dev.workflow.domain.Redrive;
import dev.workflow.domain.RedriveOutcome;
import dev.workflow.domain.port.DeadLetters;
import java.util.concurrent.CompletableFuture;

/** Gives dead workflows another life. */
public final class RedriveDead {
    private final DeadLetters deadLetters;
    private final RelayOutbox relay;
    private final OneAtATime oneAtATime = new OneAtATime();

    public RedriveDead(DeadLetters deadLetters, RelayOutbox relay) {
        this.deadLetters = deadLetters;
        this.relay = relay;
    }

    public Keyed<RedriveOutcome> redrive(Redrive redrive) {
        return Stages.await(oneAtATime.run(redrive.key(), () -> {
            Keyed<RedriveOutcome> outcome = deadLetters.redrive(redrive);
            relay.wake();
            return CompletableFuture.completedStage(outcome);
        }));
    }
}
