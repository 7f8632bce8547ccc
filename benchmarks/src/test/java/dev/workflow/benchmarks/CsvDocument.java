package dev.workflow.benchmarks;

import java.nio.charset.StandardCharsets;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** What is turned into CSV. JMH makes a parameter of each. */
public enum CsvDocument {
    /** One record as most are: texts, numbers, a boolean and a null. */
    FLAT(1, CsvDocument::flat),
    /** One record with an object and an array in it. */
    NESTED(1, CsvDocument::nested),
    /** An array of flat records, as large as a request may be. */
    FLAT_MEGABYTE(8_500, CsvDocument::flat),
    /** The same of nested ones. */
    NESTED_MEGABYTE(6_800, CsvDocument::nested);

    private final int rows;
    private final IntFunction<String> row;

    CsvDocument(int rows, IntFunction<String> row) {
        this.rows = rows;
        this.row = row;
    }

    int rows() {
        return rows;
    }

    byte[] json() {
        return json(rows);
    }

    /** An array of so many records, or one record alone. */
    byte[] json(int records) {
        String json = records == 1
                ? row.apply(0)
                : IntStream.range(0, records).mapToObj(row).collect(Collectors.joining(",", "[", "]"));
        return json.getBytes(StandardCharsets.UTF_8);
    }

    private static String flat(int i) {
        return "{\"id\":" + (100_000 + i) + ",\"name\":\"Ada Lovelace\",\"email\":\"ada" + i
                + "@example.org\",\"age\":36,\"score\":" + i % 100 + ".25,\"active\":true,\"note\":null}";
    }

    private static String nested(int i) {
        return "{\"id\":" + (100_000 + i)
                + ",\"customer\":{\"name\":\"Ada Lovelace\",\"address\":{\"city\":\"London\",\"zip\":\"NW" + i % 10
                + "\"}},\"tags\":[\"new\",\"vip\"],\"total\":" + i % 1000 + ".95}";
    }
}
