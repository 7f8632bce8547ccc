package dev.workflow.benchmarks.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Results for machines. */
final class Json {
    private Json() {}

    static String of(Map<String, Object> machine, List<Result> results) throws JsonProcessingException {
        Map<String, Object> whole = new LinkedHashMap<>();
        whole.put("machine", machine);
        whole.put("rows", results.stream().map(Json::row).toList());
        return new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT).writeValueAsString(whole) + "\n";
    }

    private static Map<String, Object> row(Result result) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("name", result.row().name());
        row.put("title", result.row().title());
        row.put("queue", result.row().queue());
        row.put("unit", result.row().unit());
        row.put("service", outcome(result.service()));
        row.put(
                "beside",
                result.beside().stream()
                        .map(other -> {
                            Map<String, Object> beside = outcome(other);
                            result.ratio(other).ifPresent(ratio -> beside.put("ratio", rounded(ratio)));
                            return beside;
                        })
                        .toList());
        return row;
    }

    private static Map<String, Object> outcome(Result.Outcome outcome) {
        Map<String, Object> side = new LinkedHashMap<>();
        side.put("name", outcome.name());
        Sample median = outcome.median();
        if (median == null) {
            side.put(outcome.isBroken() ? "broken" : "leftOut", outcome.reason());
        } else {
            side.put("median", rounded(median.value()));
            side.put("rounds", outcome.rounds().stream().map(Json::rounded).toList());
            median.details().forEach((name, value) -> {
                if (!Double.isNaN(value)) {
                    side.put(name, rounded(value));
                }
            });
        }
        return side;
    }

    private static double rounded(double value) {
        return Math.round(value * 1000) / 1000.0;
    }
}
