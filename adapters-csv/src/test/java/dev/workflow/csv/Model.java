package dev.workflow.csv;

import dev.workflow.csv.Json.Arr;
import dev.workflow.csv.Json.Obj;
import dev.workflow.domain.csv.CsvArrays;
import dev.workflow.domain.csv.CsvOptions;
import dev.workflow.domain.csv.CsvShape;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The table that documents are, made in the simplest way that can be told to be right: as trees, with lists of maps. What the
 * exporter streams is compared with it.
 */
final class Model {
    /** By their places: names, and positions where elements are columns. */
    final Set<List<Object>> places = new LinkedHashSet<>();

    final List<Map<List<Object>, Json>> rows = new ArrayList<>();

    private final CsvShape shape;
    private final boolean safe;
    /** Where values without a name are: with the members of that name, unless those are spelled differently. */
    private final List<Object> value;

    Model(CsvOptions options, List<String> documents) {
        this.shape = options.shape();
        this.safe = options.dialect().safe();
        this.value = marked("value").equals("value") ? List.of("value") : List.of(new Unnamed());
        documents.forEach(document -> add(Json.parse(document)));
    }

    private void add(Json document) {
        switch (document) {
            case Obj(Map<String, Json> members, String raw) when members.isEmpty() -> {}
            case Obj object -> addRecord(object);
            case Arr(List<Json> elements, String raw)
            when elements.stream().allMatch(Obj.class::isInstance) ->
                elements.forEach(element -> addRecord((Obj) element));
            case Arr(List<Json> elements, String raw) -> elements.forEach(this::addValue);
            default -> addValue(document);
        }
    }

    private void addRecord(Obj record) {
        record.members().forEach((name, value) -> place(List.of(name), value));
        rows.addAll(productOf(List.of(), record));
    }

    private void addValue(Json value) {
        if (value instanceof Arr) {
            place(this.value, value);
            rows.addAll(rowsOf(this.value, value));
        } else {
            places.add(this.value);
            rows.add(Map.of(this.value, value));
        }
    }

    private void place(List<Object> at, Json value) {
        switch (value) {
            case Obj(Map<String, Json> members, String raw)
            when shape.flatten() && !members.isEmpty() ->
                members.forEach((name, member) -> place(with(at, name), member));
            case Arr(List<Json> elements, String raw)
            when indexes(elements) -> {
                for (int i = 0; i < elements.size(); i++) {
                    place(with(at, i), elements.get(i));
                }
            }
            case Arr(List<Json> elements, String raw)
            when unwinds(at, elements) -> elements.forEach(element -> place(at, element));
            default -> places.add(at);
        }
    }

    private List<Map<List<Object>, Json>> rowsOf(List<Object> at, Json value) {
        return switch (value) {
            case Obj object when shape.flatten() && !object.members().isEmpty() -> productOf(at, object);
            case Arr(List<Json> elements, String raw)
            when indexes(elements) -> {
                List<Map<List<Object>, Json>> product = List.of(Map.of());
                for (int i = 0; i < elements.size(); i++) {
                    product = product(product, rowsOf(with(at, i), elements.get(i)));
                }
                yield product;
            }
            case Arr(List<Json> elements, String raw)
            when unwinds(at, elements) ->
                elements.stream().flatMap(each -> rowsOf(at, each).stream()).toList();
            default -> List.of(Map.of(at, value));
        };
    }

    private List<Map<List<Object>, Json>> productOf(List<Object> at, Obj object) {
        List<Map<List<Object>, Json>> product = List.of(Map.of());
        for (Map.Entry<String, Json> member : object.members().entrySet()) {
            product = product(product, rowsOf(with(at, member.getKey()), member.getValue()));
        }
        return product;
    }

    private static List<Map<List<Object>, Json>> product(
            List<Map<List<Object>, Json>> left, List<Map<List<Object>, Json>> right) {
        List<Map<List<Object>, Json>> all = new ArrayList<>();
        for (Map<List<Object>, Json> one : left) {
            for (Map<List<Object>, Json> other : right) {
                Map<List<Object>, Json> both = new LinkedHashMap<>(one);
                both.putAll(other);
                all.add(both);
            }
        }
        return all;
    }

    private boolean indexes(List<Json> elements) {
        return shape.arrays() == CsvArrays.INDEX && !elements.isEmpty();
    }

    private boolean unwinds(List<Object> at, List<Json> elements) {
        return shape.arrays() == CsvArrays.UNWIND
                && !elements.isEmpty()
                && (shape.unwind() == null
                        || shape.unwind().equals(name(at))
                        || shape.unwind().equals(safe(name(at))));
    }

    private record Unnamed() {}

    private static List<Object> with(List<Object> at, Object next) {
        List<Object> longer = new ArrayList<>(at);
        longer.add(next);
        return longer;
    }

    /** As the header has it, but for what makes it safe. */
    String name(List<Object> place) {
        StringBuilder name = new StringBuilder();
        for (int i = 0; i < place.size(); i++) {
            if (place.get(i) instanceof String member) {
                name.append(i == 0 ? "" : shape.separator()).append(marked(member));
            } else if (place.get(i) instanceof Unnamed) {
                name.append("value");
            } else {
                name.append('[').append(place.get(i)).append(']');
            }
        }
        return name.toString();
    }

    /** As it stands in the table. */
    String safe(String text) {
        boolean formula = !text.isEmpty() && "=+-@\t\r\n".contains(text.substring(0, 1));
        return safe && formula ? "'" + text : text;
    }

    private String marked(String name) {
        if (!shape.flatten()) {
            return name;
        }
        StringBuilder marked = new StringBuilder();
        name.codePoints().mapToObj(Character::toString).forEach(c -> {
            boolean bracket = c.equals("[") && shape.arrays() == CsvArrays.INDEX;
            marked.append(c.equals("\\") || c.equals(shape.separator()) || bracket ? "\\" : "")
                    .append(c);
        });
        return marked.toString();
    }
}
