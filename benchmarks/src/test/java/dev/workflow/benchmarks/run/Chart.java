package dev.workflow.benchmarks.run;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Results as bars, in one SVG file that needs nothing else and can be read on white and on black. */
final class Chart {
    private static final int LABELS = 330;
    private static final int BARS = 330;
    private static final int FIGURES = 200;
    private static final int LINE = 26;
    private static final int HEAD = 60;
    private static final int BAR_HEIGHT = 16;
    /** Wide enough for a ratio. */
    private static final int RATIO = 52;

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
     * @param value its length, and what is written beside it
     * @param quiet more, for the reader who wants to know
     */
    private record Bar(String label, double value, String figure, String quiet) {}

    /**
     * Bars of one scale.
     *
     * @param hasOne whether a line shows where 1.0 is
     */
    private record Part(String title, String subtitle, List<Bar> bars, boolean hasOne) {
        int height() {
            return HEAD + LINE * bars.size() + 14;
        }
    }

    private Chart() {}

    static String of(List<Result> results) {
        List<Part> parts = Stream.of(
                        new Part(
                                "Throughput by that of bare PostgreSQL on the same server",
                                "1.0 is pgbench running one bare statement for each; longer is faster",
                                bars(
                                        results,
                                        result -> !isGrowth(result)
                                                && !result.row().isCost()
                                                && !result.row().isPeer(),
                                        Chart::ratios),
                                true),
                        new Part(
                                "Throughput with a key, a delivery row or a lease by that without",
                                "1.0 is the same request as plain as it can be",
                                bars(results, result -> result.row().isCost(), Chart::ratios),
                                true),
                        new Part(
                                "Throughput of a full table by that of an emptier one",
                                "1.0 is an instance that began with 100,000 workflows",
                                bars(results, Chart::isGrowth, Chart::ratios),
                                true),
                        new Part(
                                "Handing one in over HTTP, beside other queues",
                                "in a second, 64 connections; longer is faster",
                                bars(results, result -> result.row().isPeer(), Chart::throughputs),
                                false))
                .filter(part -> !part.bars().isEmpty())
                .toList();
        int height = parts.stream().mapToInt(Part::height).sum();
        int width = LABELS + BARS + FIGURES;
        StringBuilder svg = new StringBuilder(
                        "<svg xmlns=\"http://www.w3.org/2000/svg\" role=\"img\" viewBox=\"0 0 %d %d\" width=\"%d\" height=\"%d\">%n"
                                .formatted(width, height, width, height))
                .append("<title>Throughput of the service by that of what stands beside it</title>\n")
                .append(STYLE);
        int y = 0;
        for (Part part : parts) {
            svg.append(drawn(part, y));
            y += part.height();
        }
        return svg.append("</svg>\n").toString();
    }

    private static boolean isGrowth(Result result) {
        return result.row().stages().contains(Stage.LARGE);
    }

    private static List<Bar> bars(List<Result> results, Predicate<Result> which, Function<Result, List<Bar>> bars) {
        return results.stream()
                .filter(which)
                .flatMap(result -> bars.apply(result).stream())
                .toList();
    }

    private static List<Bar> ratios(Result result) {
        List<Bar> bars = new ArrayList<>();
        Sample ours = result.service().median();
        for (Result.Outcome other : result.beside()) {
            Sample theirs = other.median();
            if (ours != null && theirs != null) {
                double ratio = ours.value() / theirs.value();
                String both = Figures.number(ours.value()) + " : " + Figures.number(theirs.value());
                bars.add(new Bar(shortened(result.row()), ratio, Figures.ratio(ratio), both));
            }
        }
        return bars;
    }

    private static List<Bar> throughputs(Result result) {
        List<Bar> bars = new ArrayList<>();
        for (Result.Outcome side : result.sides()) {
            Sample median = side.median();
            if (median != null) {
                bars.add(new Bar(side.name(), median.value(), Figures.number(median.value()), ""));
            }
        }
        return bars;
    }

    private static String shortened(Row row) {
        String title = row.title()
                .replace("GET /workflow/consume", "consume")
                .replace("POST /workflow", "POST")
                .replace(", a full table", "")
                .replace(" connections", " conn.")
                .replace(" connection", " conn.");
        return row.queue().equals(Stage.MEMORY.queue()) ? title : title + ", " + row.queue();
    }

    private static String drawn(Part part, int top) {
        double longest = part.bars().stream().mapToDouble(Bar::value).max().orElse(1);
        double scale = BARS / (part.hasOne() ? Math.max(1, longest) : longest);
        StringBuilder svg = new StringBuilder(text(10, top + 22, "title", part.title()))
                .append(text(10, top + 42, "quiet", part.subtitle()));
        int y = top + HEAD;
        for (Bar bar : part.bars()) {
            svg.append(drawn(bar, y, Math.max(1, bar.value() * scale)));
            y += LINE;
        }
        return part.hasOne()
                ? svg.append(one(LABELS + scale, top + HEAD - 6, y)).toString()
                : svg.toString();
    }

    private static String drawn(Bar bar, int y, double length) {
        String rectangle = String.format(
                Locale.ROOT,
                "<rect class=\"bar\" x=\"%d\" y=\"%d\" width=\"%.1f\" height=\"%d\" rx=\"2\"/>%n",
                LABELS,
                y,
                length,
                BAR_HEIGHT);
        int figure = LABELS + BARS + 12;
        return text(10, y + 13, "", bar.label())
                + rectangle
                + text(figure, y + 13, "", bar.figure())
                + (bar.quiet().isEmpty() ? "" : text(figure + RATIO, y + 13, "quiet", bar.quiet()));
    }

    private static String one(double x, int top, int bottom) {
        return String.format(
                Locale.ROOT, "<line class=\"one\" x1=\"%.1f\" x2=\"%.1f\" y1=\"%d\" y2=\"%d\"/>%n", x, x, top, bottom);
    }

    private static String text(int x, int y, String style, String content) {
        String escaped = content.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
        return "<text%s x=\"%d\" y=\"%d\">%s</text>\n"
                .formatted(style.isEmpty() ? "" : " class=\"" + style + "\"", x, y, escaped);
    }
}
