package dev.workflow.domain.port;

import dev.workflow.domain.Keyed;
import dev.workflow.domain.Redrive;
import dev.workflow.domain.RedriveOutcome;

/** Workflows that were given up. */
public interface DeadLetters {
    /** Puts them in the queue again, oldest first, their attempts forgotten. */
    Keyed<RedriveOutcome> redrive(Redrive redrive);
}
