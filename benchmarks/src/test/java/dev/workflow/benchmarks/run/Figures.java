package dev.workflow.benchmarks.run;

import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** How figures are written for people. */
final class Figures {
    private Figures() {}

    static String number(double value) {
        if (Double.isNaN(value)) {
            return "-";
        }
        return String.format(Locale.ROOT, value >= 100 || value == Math.rint(value) ? "%,.0f" : "%.1f", value);
    }

    static String ratio(double value) {
        return String.format(Locale.ROOT, value >= 10 ? "%.1f" : "%.2f", value);
    }

    static String withUnit(double value, String unit) {
        return number(value) + (unit.startsWith("/") ? unit : " " + unit);
    }

    /** As "p50 1.2 ms, p99 3.4 ms, backlog 12". */
    static String details(Sample sample) {
        return sample.details().entrySet().stream().map(Figures::detail).collect(Collectors.joining(", "));
    }

    private static String detail(Map.Entry<String, Double> detail) {
        String name = detail.getKey();
        int unit = name.lastIndexOf(' ');
        boolean hasUnit = unit > 0 && name.substring(unit + 1).matches("ms|s|MB");
        return hasUnit
                ? name.substring(0, unit) + " " + withUnit(detail.getValue(), name.substring(unit + 1))
                : name + " " + number(detail.getValue());
    }
}
