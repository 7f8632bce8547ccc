package dev.workflow.rest.metrics;

import dev.workflow.application.ReportStats.Totals;
import dev.workflow.domain.Counts;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import org.jspecify.annotations.Nullable;

/** All that this instance tells, in the text format of Prometheus. */
public final class PrometheusText {
    /** Compiled in where it is used, so naming it loads nothing. */
    public static final String MEDIA_TYPE = PrometheusTextFormatWriter.CONTENT_TYPE;

    private PrometheusText() {}

    /**
     * Reads files and asks the JVM: not for a thread that serves connections.
     *
     * @param counts null while the database is away
     */
    public static byte[] of(@Nullable Counts counts, Totals totals, RequestDurations requests) {
        Families families = new Families();
        WorkflowFamilies.add(counts, totals, families);
        RequestFamily.add(requests, families);
        JvmFamilies.add(families);
        ProcessFamilies.add(families);
        return families.toText();
    }
}
