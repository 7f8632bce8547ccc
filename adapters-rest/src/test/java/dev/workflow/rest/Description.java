package dev.workflow.rest;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLEncoder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.yaml.snakeyaml.Yaml;

/** An OpenAPI description, as far as tests ask about it. */
final class Description {
    private static final Set<String> METHODS = Set.of("get", "post", "patch", "put", "delete");

    /** One method of a path, with what it shares with the other methods of that path. */
    record Operation(
            String method,
            String path,
            List<Map<String, Object>> parameters,
            Map<String, Object> responses,
            Set<String> roles) {
        Set<String> namesIn(String place) {
            return parameters.stream()
                    .filter(each -> place.equals(each.get("in")))
                    .map(each -> (String) each.get("name"))
                    .collect(Collectors.toCollection(TreeSet::new));
        }

        /** Defaults and examples of query parameters, as a page fills them in. */
        String suggestedQuery() {
            return parameters.stream()
                    .filter(each -> "query".equals(each.get("in")))
                    .flatMap(each -> Stream.of(each.get("example"), ((Map<?, ?>) each.get("schema")).get("default"))
                            .filter(Objects::nonNull)
                            .limit(1)
                            .map(value -> each.get("name") + "=" + URLEncoder.encode("" + value, UTF_8)))
                    .collect(Collectors.joining("&", "?", ""));
        }
    }

    private final Map<String, Object> root;

    Description(String yaml) {
        root = new Yaml().load(yaml);
    }

    String version() {
        return (String) root.get("openapi");
    }

    /** What stands at a place, step by step, with references resolved on the way. */
    @SuppressWarnings("unchecked") // tests fail loudly where the document is of another shape
    Map<String, Object> at(String... steps) {
        Object place = root;
        for (String step : steps) {
            place = resolved(((Map<String, Object>) place).get(step));
        }
        return (Map<String, Object>) place;
    }

    private Object resolved(Object value) {
        if (value instanceof Map<?, ?> map && map.get("$ref") instanceof String reference) {
            return at(reference.substring(2).split("/"));
        }
        return value;
    }

    @SuppressWarnings("unchecked") // as above
    List<Operation> operations() {
        List<Operation> operations = new ArrayList<>();
        at("paths")
                .forEach((path, item) -> ((Map<String, Object>) item).forEach((method, value) -> {
                    if (METHODS.contains(method)) {
                        Map<String, Object> operation = (Map<String, Object>) value;
                        List<Map<String, Object>> parameters = new ArrayList<>(parameters((Map<String, Object>) item));
                        parameters.addAll(parameters(operation));
                        Map<String, Object> responses =
                                new LinkedHashMap<>((Map<String, Object>) operation.get("responses"));
                        responses.replaceAll((status, response) -> resolved(response));
                        List<String> roles = (List<String>) operation.getOrDefault("x-roles", List.of());
                        operations.add(new Operation(
                                method.toUpperCase(Locale.ROOT), path, parameters, responses, Set.copyOf(roles)));
                    }
                }));
        return operations;
    }

    @SuppressWarnings("unchecked") // as above
    private List<Map<String, Object>> parameters(Map<String, Object> holder) {
        return ((List<Object>) holder.getOrDefault("parameters", List.of()))
                .stream().map(each -> (Map<String, Object>) resolved(each)).toList();
    }

    Operation operation(String method, String path) {
        return operations().stream()
                .filter(each -> each.method().equals(method) && each.path().equals(path))
                .findFirst()
                .orElseThrow();
    }

    Set<String> members(String schema) {
        return new LinkedHashSet<>(
                at("components", "schemas", schema, "properties").keySet());
    }
}
