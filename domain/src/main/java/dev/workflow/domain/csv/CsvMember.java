package dev.workflow.domain.csv;

/** A member of the workflow itself that can stand before the columns of its data. */
public enum CsvMember {
    UUID("UUID"),
    CREATED_AT("created_at"),
    STEPS("steps"),
    ATTEMPT("attempt");

    private final String text;

    CsvMember(String text) {
        this.text = text;
    }

    /** As clients spell it. */
    public String text() {
        return text;
    }

    /** The header of its column, whatever the separator of the others. */
    public String column() {
        return "workflow." + text;
    }
}
