package dev.workflow.rest.json;

import dev.workflow.application.ReportHealth.Report;
import dev.workflow.domain.Health;
import java.util.Locale;
import java.util.Map;

/** How this instance is. */
public final class HealthJson {
    private HealthJson() {}

    public static byte[] alive() {
        return new JsonBytes().raw("{\"status\":\"up\"}").toBytes();
    }

    /** For load balancers. */
    public static byte[] brief(Report report) {
        return readiness(report).raw('}').toBytes();
    }

    /** For operators. */
    public static byte[] full(Report report) {
        JsonBytes out = readiness(report);
        report.dependencies().forEach((name, health) -> dependency(name, health, out));
        return out.raw('}').toBytes();
    }

    private static JsonBytes readiness(Report report) {
        JsonBytes out = new JsonBytes();
        out.raw("{\"status\":").string(lower(report.readiness()));
        return out.raw(",\"phase\":").string(lower(report.phase()));
    }

    private static void dependency(String name, Health health, JsonBytes out) {
        out.raw(',').string(name).raw(":{\"status\":");
        switch (health) {
            case Health.Up(Map<String, String> details) -> {
                out.string("up");
                details.forEach(
                        (detail, value) -> out.raw(',').string(detail).raw(':').string(value));
            }
            case Health.Down(String reason) ->
                out.string("down").raw(",\"reason\":").string(reason);
        }
        out.raw('}');
    }

    private static String lower(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
