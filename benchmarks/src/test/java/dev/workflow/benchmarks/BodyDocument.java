package dev.workflow.benchmarks;

import java.nio.charset.StandardCharsets;
import java.util.Collections;

/** What is handed in. JMH makes a parameter of each. */
public enum BodyDocument {
    /** The 121 bytes that the other benchmarks send. */
    SMALL(0),
    /** One workflow with much data, as large as a request may be: an array of records. */
    MEGABYTE(8_500);

    private static final String WORKFLOW = "{\"data\": %s, \"steps\": [\"validate\", \"send\"]}";
    private static final String ADA =
            "{\"name\": \"Ada Lovelace\", \"age\": 36, \"address\": {\"city\": \"London\", \"zip\": \"NW1\"}}";
    private static final String RECORD =
            "{\"id\":100000,\"name\":\"Ada Lovelace\",\"email\":\"ada@example.org\",\"age\":36,\"score\":0.25,\"active\":true,\"note\":null}";

    private final int records;

    BodyDocument(int records) {
        this.records = records;
    }

    byte[] json() {
        String data = records == 0 ? ADA : Collections.nCopies(records, RECORD).toString();
        return WORKFLOW.formatted(data).getBytes(StandardCharsets.UTF_8);
    }
}
