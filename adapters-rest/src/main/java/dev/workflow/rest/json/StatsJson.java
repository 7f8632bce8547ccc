package dev.workflow.rest.json;

import dev.workflow.application.ReportStats.Report;
import dev.workflow.domain.Counts;
import dev.workflow.domain.StateName;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;

/** How much there is of what, as clients see it. */
public final class StatsJson {
    private static final int DECIMALS = 3;

    private StatsJson() {}

    public static byte[] of(Report report) {
        JsonBytes out = new JsonBytes();
        Counts counts = report.counts();
        String separator = "{";
        for (StateName state : StateName.values()) {
            out.raw(separator).string(WorkflowJson.text(state)).raw(':').number(count(counts, state));
            separator = ",";
        }
        out.raw(",\"outbox\":").number(counts.outbox());
        Duration oldest = counts.oldestWaiting();
        out.raw(",\"oldest_age_seconds\":").raw(oldest == null ? "null" : rounded(seconds(oldest)));
        out.raw(",\"inserted_per_second\":").raw(rounded(BigDecimal.valueOf(report.insertedPerSecond())));
        out.raw(",\"consumed_per_second\":").raw(rounded(BigDecimal.valueOf(report.consumedPerSecond())));
        return out.raw('}').toBytes();
    }

    private static long count(Counts counts, StateName state) {
        return counts.byState().getOrDefault(state, 0L);
    }

    private static BigDecimal seconds(Duration duration) {
        return BigDecimal.valueOf(duration.getSeconds()).add(BigDecimal.valueOf(duration.getNano(), 9));
    }

    private static String rounded(BigDecimal number) {
        BigDecimal rounded = number.setScale(DECIMALS, RoundingMode.HALF_UP).stripTrailingZeros();
        return rounded.toPlainString();
    }
}
