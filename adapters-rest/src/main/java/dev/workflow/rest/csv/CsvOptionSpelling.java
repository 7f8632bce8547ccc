package dev.workflow.rest.csv;

import dev.workflow.domain.csv.CsvArrays;
import dev.workflow.domain.csv.CsvDialect;
import dev.workflow.domain.csv.CsvMember;
import dev.workflow.domain.csv.CsvOptions;
import dev.workflow.domain.csv.CsvShape;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.StringJoiner;
import java.util.stream.Collectors;

/** CSV options as {@link CsvQuery} reads them, without those that are as usual: equal options have one text. */
public final class CsvOptionSpelling {
    private final StringJoiner query = new StringJoiner("&");

    private CsvOptionSpelling() {}

    /** ASCII without control characters, so that any database can hold it. */
    public static String query(CsvOptions options) {
        CsvOptionSpelling spelling = new CsvOptionSpelling();
        spelling.addShape(options.shape());
        spelling.addDialect(options.dialect());
        if (!options.with().isEmpty()) {
            spelling.add("with", options.with().stream().map(CsvMember::text).collect(Collectors.joining(",")));
        }
        return spelling.query.toString();
    }

    private void add(String option, String value) {
        query.add(option + "=" + URLEncoder.encode(value, StandardCharsets.UTF_8));
    }

    private void addShape(CsvShape shape) {
        if (shape.unwind() != null) {
            add("unwind", shape.unwind());
        } else if (shape.arrays() != CsvArrays.JSON) {
            add("arrays", shape.arrays().name().toLowerCase(Locale.ROOT));
        }
        if (!shape.flatten()) {
            add("flatten", "false");
        }
        if (!shape.separator().equals(CsvShape.DEFAULT.separator())) {
            add("separator", shape.separator());
        }
        if (!shape.columns().isEmpty()) {
            add(
                    "columns",
                    shape.columns().stream().map(CsvOptionSpelling::quoted).collect(Collectors.joining(",")));
        }
    }

    private static String quoted(String field) {
        return "\"" + field.replace("\"", "\"\"") + "\"";
    }

    private void addDialect(CsvDialect dialect) {
        if (dialect.delimiter() != CsvDialect.DEFAULT.delimiter()) {
            add("delimiter", String.valueOf(dialect.delimiter()));
        }
        if (!dialect.header()) {
            add("header", "false");
        }
        if (dialect.bom()) {
            add("bom", "true");
        }
        if (dialect.nullText() != null) {
            add("null", dialect.nullText());
        }
        if (dialect.safe()) {
            add("safe", "true");
        }
    }
}
