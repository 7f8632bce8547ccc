package dev.workflow.benchmarks.run;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Ratios as bars, in one SVG file that needs nothing else and can be read on white and on black. */
final class Chart {
    private static final int LABELS = 350;
    private static final int BARS = 300;
    private static final int FIGURES = 210;
    private static final int LINE = 26;
    private static final int TOP = 62;
    private static final int BAR_HEIGHT = 16;

    private static final String STYLE = """
            <style>
              text { font: 13px system-ui, -apple-system, "Segoe UI", sans-serif; fill: #1f2328; }
              .title { font-size: 15px; font-weight: 600; }
              .quiet { fill: #59636e; font-size: 12px; }
              .bar { fill: #0969da; }
              .one { stroke: #59636e; stroke-dasharray: 3 3; }
              @media (prefers-color-scheme: dark) {
                text { fill: #f0f6fc; }
                .quiet { fill: #9198a1; }
                .bar { fill: #4493f8; }
                .one { stroke: #9198a1; }
              }
            </style>
            """;

    /**
     * One bar.
     *
     * @param figures both, for the reader who wants to know of what it is the ratio
     */
    private record Bar(String label, double ratio, String figures) {}

    private Chart() {}

    static String of(List<Result> results) {
        List<Bar> bars = results.stream().flatMap(Chart::bars).toList();
        double longest = bars.stream().mapToDouble(Bar::ratio).max().orElse(1);
        double scale = BARS / Math.max(1, longest);
        int height = TOP + LINE * bars.size() + 10;
        int width = LABELS + BARS + FIGURES;
        StringBuilder svg = new StringBuilder()
                .append(
                        "<svg xmlns=\"http://www.w3.org/2000/svg\" role=\"img\" viewBox=\"0 0 %d %d\" width=\"%d\" height=\"%d\">\n"
                                .formatted(width, height, width, height))
                .append("<title>Throughput of the service by that of what stands beside it</title>\n")
                .append(STYLE)
                .append(text(10, 22, "title", "Throughput by that of bare PostgreSQL on the same server"))
                .append(text(10, 42, "quiet", "1.0 is pgbench running one bare statement for each; longer is faster"));
        for (int i = 0; i < bars.size(); i++) {
            svg.append(drawn(bars.get(i), TOP + LINE * i, scale));
        }
        return svg.append(one(LABELS + scale, height)).append("</svg>\n").toString();
    }

    private static Stream<Bar> bars(Result result) {
        return result.beside().stream()
                .flatMap(other -> result.ratio(other).stream().map(ratio -> bar(result, other, ratio)));
    }

    private static Bar bar(Result result, Result.Outcome other, double ratio) {
        String unit = result.row().unit();
        Sample ours = result.service().median();
        Sample theirs = other.median();
        boolean isAlone = result.beside().size() == 1 && other.name().startsWith("pgbench");
        String label =
                shortened(result.row()) + (isAlone ? "" : " by " + other.name().replaceFirst("^the service ", ""));
        return new Bar(
                label,
                ratio,
                ours == null || theirs == null
                        ? ""
                        : Figures.number(ours.value()) + " : " + Figures.number(theirs.value())
                                + (unit.startsWith("/") ? " /s" : " " + unit));
    }

    private static String shortened(Row row) {
        String title = row.title()
                .replace("GET /workflow/consume", "consume")
                .replace("POST /workflow", "POST")
                .replace(" connections", " conn.")
                .replace(" connection", " conn.");
        return row.queue().equals(Stage.MEMORY.queue()) ? title : title + ", " + row.queue();
    }

    private static String drawn(Bar bar, int y, double scale) {
        double length = Math.max(1, bar.ratio() * scale);
        String rectangle = String.format(
                Locale.ROOT,
                "<rect class=\"bar\" x=\"%d\" y=\"%d\" width=\"%.1f\" height=\"%d\" rx=\"2\"/>%n",
                LABELS,
                y,
                length,
                BAR_HEIGHT);
        return text(10, y + 13, "", bar.label())
                + rectangle
                + text(LABELS + (int) length + 6, y + 13, "", Figures.ratio(bar.ratio()))
                + text(LABELS + (int) length + 46, y + 13, "quiet", bar.figures());
    }

    private static String one(double x, int height) {
        return String.format(
                Locale.ROOT,
                "<line class=\"one\" x1=\"%.1f\" x2=\"%.1f\" y1=\"%d\" y2=\"%d\"/>%n",
                x,
                x,
                TOP - 6,
                height - 6);
    }

    private static String text(int x, int y, String style, String content) {
        String escaped = Stream.of(content)
                .map(each -> each.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;"))
                .collect(Collectors.joining());
        return "<text%s x=\"%d\" y=\"%d\">%s</text>\n"
                .formatted(style.isEmpty() ? "" : " class=\"" + style + "\"", x, y, escaped);
    }
}
