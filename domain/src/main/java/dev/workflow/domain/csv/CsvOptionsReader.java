package dev.workflow.domain.csv;

import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Reads CSV options as clients spell them, such as {@code delimiter=tab}. There is one for each kind of table, since not all
 * options make sense for all of them.
 */
public final class CsvOptionsReader {
    /** For the data of stored workflows. */
    public static final CsvOptionsReader FOR_WORKFLOWS = new CsvOptionsReader(
            true,
            "delimiter",
            "arrays",
            "unwind",
            "flatten",
            "separator",
            "columns",
            "header",
            "bom",
            "null",
            "safe",
            "with");

    /** For JSON that belongs to no workflow: it knows {@code with} only to say why it cannot be had. */
    public static final CsvOptionsReader FOR_BARE_JSON = new CsvOptionsReader(false, FOR_WORKFLOWS.names);

    /** For the list of workflows, whose columns are fixed. */
    public static final CsvOptionsReader FOR_LIST = new CsvOptionsReader(true, "delimiter", "header", "bom", "safe");

    private final boolean hasWorkflows;
    private final Set<String> names;

    private CsvOptionsReader(boolean hasWorkflows, String... names) {
        this(hasWorkflows, Collections.unmodifiableSet(new LinkedHashSet<>(List.of(names))));
    }

    private CsvOptionsReader(boolean hasWorkflows, Set<String> names) {
        this.hasWorkflows = hasWorkflows;
        this.names = names;
    }

    /** The options it knows. */
    public Set<String> names() {
        return names;
    }

    /** Reads the texts of the options it knows, and passes over all others. */
    public CsvReading read(Map<String, String> texts) {
        if (Collections.disjoint(names, texts.keySet())) {
            return new CsvReading.Read(CsvOptions.DEFAULT);
        }
        return new CsvOptionTexts(texts, names, hasWorkflows).read();
    }
}
