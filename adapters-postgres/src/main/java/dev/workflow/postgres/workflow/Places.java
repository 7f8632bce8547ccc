package dev.workflow.postgres.workflow;

/** Which tables a list is read from. Each is told where the page begins: a merge join would read it from its first row. */
enum Places {
    ANY(WorkflowRow.OF_EITHER, """
            LEFT JOIN pending p ON p.id = w.id AND p.id %after% ?
            LEFT JOIN consumed c ON c.id = w.id AND c.id %after% ?""", 3),
    PENDING(WorkflowRow.OF_PENDING, "JOIN pending p ON p.id = w.id AND p.id %after% ?", 2),
    CONSUMED(WorkflowRow.OF_CONSUMED, "JOIN consumed c ON c.id = w.id AND c.id %after% ?", 2);

    private final String columns;
    private final String joins;
    private final int tables;

    Places(String columns, String joins, int tables) {
        this.columns = columns;
        this.joins = joins;
        this.tables = tables;
    }

    /**
     * Takes how large data may be, then the beginning of the page once for each table; {@code %after%} stands for the direction.
     * Data that are larger come empty, which no JSON is. The size of a text that is kept out of line is known without fetching it.
     */
    String select() {
        return """
                SELECT w.id, CASE WHEN octet_length(w.source) <= ? THEN w.source ELSE '' END AS source, w.steps, %s
                FROM workflow w %s
                WHERE w.id %%after%% ?""".formatted(columns, joins);
    }

    int tables() {
        return tables;
    }
}
