package dev.workflow.rest;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What Prometheus reads out of an answer, after asserting that each line is of its format. */
final class Scrape {
    private static final String NAME = "[a-zA-Z_:][a-zA-Z0-9_:]*";
    private static final String LABEL = "[a-zA-Z_][a-zA-Z0-9_]*=\"(?:[^\"\\\\\\n]|\\\\[\"\\\\n])*\"";
    private static final Pattern HELP = Pattern.compile("# HELP (" + NAME + ") [^ ].*[.]");
    private static final Pattern TYPE = Pattern.compile("# TYPE (" + NAME + ") (counter|gauge|histogram|summary)");
    private static final Pattern SAMPLE = Pattern.compile(
            "((" + NAME + ")(?:\\{" + LABEL + "(?:," + LABEL + ")*})?) (-?[0-9]+(?:\\.[0-9]+)?(?:E-?[0-9]+)?)");

    private static final Pattern ROUTE = Pattern.compile("_count\\{.*http_route=\"([^\"]*)\"");

    private final Map<String, String> types = new HashMap<>();
    private final Map<String, Double> values = new HashMap<>();

    private Scrape(String text) {
        assertThat(text).endsWith("\n");
        Set<String> helped = new HashSet<>();
        for (String line : text.split("\n")) {
            Matcher help = HELP.matcher(line);
            Matcher type = TYPE.matcher(line);
            Matcher sample = SAMPLE.matcher(line);
            if (help.matches()) {
                assertThat(helped.add(help.group(1))).as(line).isTrue();
            } else if (type.matches()) {
                assertThat(types.put(type.group(1), type.group(2))).as(line).isNull();
            } else {
                assertThat(sample.matches()).as(line).isTrue();
                assertThat(types).as(line).containsKey(family(sample.group(2)));
                assertThat(values.put(sample.group(1), Double.valueOf(sample.group(3))))
                        .as(line)
                        .isNull();
            }
        }
        assertThat(helped).isEqualTo(types.keySet());
    }

    static Scrape of(Client client) {
        return new Scrape(client.get("/prometheus").is(200).text());
    }

    private String family(String sample) {
        String base = sample.replaceAll("_(bucket|sum|count)$", "");
        return Set.of("histogram", "summary").contains(types.getOrDefault(base, "")) ? base : sample;
    }

    String type(String family) {
        return types.get(family);
    }

    Map<String, Double> values() {
        return values;
    }

    double value(String sample) {
        assertThat(values).containsKey(sample);
        return values.get(sample);
    }

    /** How many requests took at most so long; none while there is no such series. */
    double requests(String method, int status, String seconds) {
        return sum("bucket", method, status, "le=\"" + seconds + "\"");
    }

    double requests(String method, int status) {
        return sum("count", method, status, "");
    }

    double requestsOn(String route, String method, int status) {
        return sum("count", method, status, "http_route=\"" + route + "\"");
    }

    double seconds(String method, int status) {
        return sum("sum", method, status, "");
    }

    private double sum(String kind, String method, int status, String label) {
        String series = "http_server_request_duration_seconds_" + kind + "{http_request_method=\"" + method
                + "\",http_response_status_code=\"" + status + "\"";
        return values.entrySet().stream()
                .filter(each ->
                        each.getKey().startsWith(series) && each.getKey().contains(label))
                .mapToDouble(Map.Entry::getValue)
                .sum();
    }

    /** Those of all requests that were on one. */
    Set<String> routes() {
        return values.keySet().stream()
                .map(ROUTE::matcher)
                .filter(Matcher::find)
                .map(route -> route.group(1))
                .collect(Collectors.toSet());
    }
}
