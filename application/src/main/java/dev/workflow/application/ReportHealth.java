package dev.workflow.application;

import dev.workflow.domain.Health;
import dev.workflow.domain.port.Dependency;
import java.util.LinkedHashMap;
import java.util.Map;

/** Tells whether this instance can serve. */
public final class ReportHealth {
    /** Whether requests should come here. */
    public enum Readiness {
        /** All is there. */
        UP,
        /** The broker is away: workflows are stored, and reach the queue when it is back. */
        DEGRADED,
        /** The database is away, or this instance is starting or stopping. */
        DOWN
    }

    /**
     * What an operator or a load balancer is told.
     *
     * @param dependencies how each is, by name
     */
    public record Report(Readiness readiness, Lifecycle.Phase phase, Map<String, Health> dependencies) {}

    private final Dependency database;
    private final Dependency queue;
    private final Lifecycle lifecycle;

    public ReportHealth(Dependency database, Dependency queue, Lifecycle lifecycle) {
        this.database = database;
        this.queue = queue;
        this.lifecycle = lifecycle;
    }

    public Report report() {
        Health databaseHealth = database.check();
        Health queueHealth = queue.check();
        Map<String, Health> all = new LinkedHashMap<>();
        all.put(database.name(), databaseHealth);
        all.put(queue.name(), queueHealth);
        return new Report(readiness(databaseHealth, queueHealth), lifecycle.phase(), all);
    }

    private Readiness readiness(Health databaseHealth, Health queueHealth) {
        if (lifecycle.phase() != Lifecycle.Phase.SERVING || databaseHealth instanceof Health.Down) {
            return Readiness.DOWN;
        }
        return queueHealth instanceof Health.Down ? Readiness.DEGRADED : Readiness.UP;
    }
}
