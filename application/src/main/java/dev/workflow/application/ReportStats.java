package dev.workflow.application;

import dev.workflow.domain.Counts;
import dev.workflow.domain.port.Statistics;

/** Tells how much there is of what, and how fast it comes and goes here. */
public final class ReportStats {
    /**
     * What an operator is told.
     *
     * @param insertedPerSecond by this instance, over the last minute
     * @param consumedPerSecond by this instance, over the last minute
     */
    public record Report(Counts counts, double insertedPerSecond, double consumedPerSecond) {}

    /** What this instance did since its start. */
    public record Totals(long inserted, long consumed) {}

    private final Statistics statistics;
    private final Throughput throughput;

    public ReportStats(Statistics statistics, Throughput throughput) {
        this.statistics = statistics;
        this.throughput = throughput;
    }

    /** Blocks on the database. */
    public Report report() {
        return new Report(
                statistics.counts(),
                throughput.inserted().perSecond(),
                throughput.consumed().perSecond());
    }

    /** Asks nobody, so it is there while the database is away. */
    public Totals totals() {
        return new Totals(throughput.inserted().total(), throughput.consumed().total());
    }
}
