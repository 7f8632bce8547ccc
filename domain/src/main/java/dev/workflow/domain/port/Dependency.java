package dev.workflow.domain.port;

import dev.workflow.domain.Health;

/** Something outside that the service cannot do without, and that can say how it is. */
public interface Dependency {
    /** Such as {@code database}. */
    String name();

    /** Asks it, within a second. */
    Health check();
}
