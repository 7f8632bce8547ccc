package dev.workflow.csv;

import dev.workflow.domain.csv.CsvDialect;
import dev.workflow.domain.csv.CsvOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Spells a {@link Model} by the letter of the contract, cell by cell. */
final class ModelCsv {
    private final CsvOptions options;
    private final CsvDialect dialect;
    private final Model model;
    private final List<List<Object>> places = new ArrayList<>();
    private final List<String> header = new ArrayList<>();
    private final StringBuilder csv = new StringBuilder();

    ModelCsv(CsvOptions options, List<String> documents) {
        this.options = options;
        this.dialect = options.dialect();
        this.model = new Model(options, documents);
        choose();
    }

    private void choose() {
        if (options.shape().columns().isEmpty()) {
            places.addAll(model.places);
            model.places.forEach(place -> header.add(model.safe(model.name(place))));
            return;
        }
        for (String name : options.shape().columns()) {
            header.add(model.safe(name));
            places.add(model.places.stream()
                    .filter(place -> model.name(place).equals(name)
                            || model.safe(model.name(place)).equals(name))
                    .findFirst()
                    .orElse(List.of("no", "such", "place")));
        }
    }

    List<String> header() {
        return header;
    }

    /** The cells of all rows: null where there is none; "" also for a null. */
    List<List<String>> cells() {
        return model.rows.stream()
                .map(row -> places.stream().map(place -> read(row.get(place))).toList())
                .toList();
    }

    /** The same as COPY has them: null for nothing and for a null, but where those are marked. */
    List<List<@Nullable String>> values() {
        boolean marked = places.size() == 1;
        List<List<@Nullable String>> rows = new ArrayList<>();
        for (Map<List<Object>, Json> row : model.rows) {
            List<@Nullable String> values = new ArrayList<>();
            for (List<Object> place : places) {
                Json cell = row.get(place);
                boolean nothing = cell == null || cell instanceof Json.Null;
                values.add(nothing && !marked ? null : read(cell));
            }
            rows.add(values);
        }
        return rows;
    }

    private String read(@Nullable Json cell) {
        return switch (cell) {
            case null -> "";
            case Json.Null() -> dialect.nullText() == null ? "" : dialect.nullText();
            case Json.Text text -> model.safe(text.text());
            default -> cell.raw();
        };
    }

    String csv() {
        csv.setLength(0);
        csv.append(dialect.bom() ? "\uFEFF" : "");
        int start = csv.length();
        if (header.isEmpty()) {
            return csv.toString();
        }
        if (dialect.header()) {
            for (int i = 0; i < header.size(); i++) {
                cell(header.get(i), i, csv.length() == start, false);
            }
            csv.append("\r\n");
        }
        for (Map<List<Object>, Json> row : model.rows) {
            for (int i = 0; i < places.size(); i++) {
                cell(row.get(places.get(i)), i, csv.length() == start);
            }
            csv.append("\r\n");
        }
        return csv.toString();
    }

    private void cell(@Nullable Json cell, int column, boolean fileStart) {
        boolean none = cell == null || cell instanceof Json.Null;
        if (none && header.size() == 1 && dialect.nullText() == null) {
            csv.append("\"\"");
        } else if (cell == null
                || (none && (dialect.nullText() == null || dialect.nullText().isEmpty()))) {
            csv.append(column > 0 ? String.valueOf(dialect.delimiter()) : "");
        } else {
            cell(read(cell), column, fileStart, !none);
        }
    }

    private void cell(String text, int column, boolean fileStart, boolean mayLookNull) {
        csv.append(column > 0 ? String.valueOf(dialect.delimiter()) : "");
        boolean quoted = text.isEmpty()
                || text.indexOf(dialect.delimiter()) >= 0
                || text.chars().anyMatch(c -> c == '"' || c == '\r' || c == '\n')
                || text.equals("\\.")
                || (column == 0 && text.startsWith("#"))
                || (fileStart && column == 0 && text.startsWith("ID"))
                || (mayLookNull && text.equals(dialect.nullText()));
        csv.append(quoted ? "\"" + text.replace("\"", "\"\"") + "\"" : text);
    }
}
