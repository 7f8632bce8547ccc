package dev.workflow.postgres;

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

    /** Takes the beginning of the page once for each table; {@code %after%} stands for the direction. */
    String select() {
        return "SELECT " + WorkflowRow.CONTENT + ", " + columns + " FROM workflow w " + joins + " WHERE w.id %after% ?";
    }

    int tables() {
        return tables;
    }
}
