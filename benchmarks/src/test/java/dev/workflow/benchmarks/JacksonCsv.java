package dev.workflow.benchmarks;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.dataformat.csv.CsvGenerator;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What one would write with Jackson alone: JSON becomes maps, these are flattened, and CsvMapper writes them. */
final class JacksonCsv {
    private static final TypeReference<Map<String, Object>> RECORD = new TypeReference<>() {};
    private static final TypeReference<List<Map<String, Object>>> RECORDS = new TypeReference<>() {};

    private final ObjectMapper mapper = new ObjectMapper();
    private final CsvMapper csvMapper = CsvMapper.builder()
            .enable(CsvGenerator.Feature.STRICT_CHECK_FOR_QUOTING)
            .build();

    byte[] write(byte[] json) throws IOException {
        List<Map<String, Object>> rows = rows(json);
        Set<String> columns = new LinkedHashSet<>();
        rows.forEach(row -> columns.addAll(row.keySet()));
        CsvSchema.Builder schema = CsvSchema.builder().setUseHeader(true).setLineSeparator("\r\n");
        columns.forEach(schema::addColumn);
        ObjectWriter writer = csvMapper.writer(schema.build());
        return writer.writeValueAsBytes(rows);
    }

    private List<Map<String, Object>> rows(byte[] json) throws IOException {
        List<Map<String, Object>> records =
                json[0] == '[' ? mapper.readValue(json, RECORDS) : List.of(mapper.readValue(json, RECORD));
        List<Map<String, Object>> rows = new ArrayList<>(records.size());
        for (Map<String, Object> each : records) {
            Map<String, Object> row = new LinkedHashMap<>();
            flatten("", each, row);
            rows.add(row);
        }
        return rows;
    }

    private void flatten(String before, Map<?, ?> object, Map<String, Object> row) throws IOException {
        for (Map.Entry<?, ?> member : object.entrySet()) {
            String name = before + member.getKey();
            switch (member.getValue()) {
                case Map<?, ?> nested -> flatten(name + ".", nested, row);
                case List<?> array -> row.put(name, mapper.writeValueAsString(array));
                case null -> row.put(name, null);
                case Object scalar -> row.put(name, scalar);
            }
        }
    }
}
