package dev.workflow.rest.metrics;

import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.SummarySnapshot;
import io.prometheus.metrics.model.snapshots.SummarySnapshot.SummaryDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Unit;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;

/** How the JVM is, under the names that Prometheus' own client for Java gives this. */
final class JvmFamilies {
    private JvmFamilies() {}

    static void add(Families families) {
        families.add(memory());
        families.add(collections());
        families.gauge(
                "jvm_threads_current",
                "Threads of the platform that live.",
                ManagementFactory.getThreadMXBean().getThreadCount());
    }

    private static GaugeSnapshot memory() {
        MemoryMXBean memory = ManagementFactory.getMemoryMXBean();
        return GaugeSnapshot.builder()
                .name("jvm_memory_used_bytes")
                .help("Memory that the JVM uses, by area.")
                .dataPoint(area("heap", memory.getHeapMemoryUsage().getUsed()))
                .dataPoint(area("nonheap", memory.getNonHeapMemoryUsage().getUsed()))
                .build();
    }

    private static GaugeDataPointSnapshot area(String name, long bytes) {
        return GaugeDataPointSnapshot.builder()
                .labels(Labels.of("area", name))
                .value((double) bytes)
                .build();
    }

    private static SummarySnapshot collections() {
        SummarySnapshot.Builder family = SummarySnapshot.builder()
                .name("jvm_gc_collection_seconds")
                .help("Time in each garbage collector, and how often it ran.");
        for (GarbageCollectorMXBean collector : ManagementFactory.getGarbageCollectorMXBeans()) {
            family.dataPoint(SummaryDataPointSnapshot.builder()
                    .labels(Labels.of("gc", collector.getName()))
                    .count(collector.getCollectionCount())
                    .sum(Unit.millisToSeconds(collector.getCollectionTime()))
                    .build());
        }
        return family.build();
    }
}
