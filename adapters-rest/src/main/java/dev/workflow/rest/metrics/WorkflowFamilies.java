package dev.workflow.rest.metrics;

import dev.workflow.application.ReportStats.Totals;
import dev.workflow.domain.Counts;
import dev.workflow.domain.StateName;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.Unit;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** How much there is of what, and what this instance did. */
final class WorkflowFamilies {
    private WorkflowFamilies() {}

    static void add(@Nullable Counts counts, Totals totals, Families families) {
        families.gauge("workflow_database_up", "Whether the database answers.", counts == null ? 0 : 1);
        families.counter("workflow_inserted", "Workflows that this instance took in.", totals.inserted());
        families.counter("workflow_consumed", "Workflows that this instance saw consumed.", totals.consumed());
        if (counts != null) {
            add(counts, families);
        }
    }

    private static void add(Counts counts, Families families) {
        GaugeSnapshot.Builder states =
                GaugeSnapshot.builder().name("workflow_workflows").help("Workflows in each state, of all instances.");
        for (StateName state : StateName.values()) {
            states.dataPoint(GaugeDataPointSnapshot.builder()
                    .labels(Labels.of("state", state.name().toLowerCase(Locale.ROOT)))
                    .value(counts.byState().getOrDefault(state, 0L).doubleValue())
                    .build());
        }
        families.add(states.build());
        families.gauge("workflow_outbox", "Workflows on their way to the queue.", counts.outbox());
        Duration oldest = counts.oldestWaiting();
        if (oldest != null) {
            families.gauge(
                    "workflow_oldest_age_seconds",
                    "How long the oldest waiting workflow has been waiting.",
                    Unit.nanosToSeconds(oldest.toNanos()));
        }
    }
}
