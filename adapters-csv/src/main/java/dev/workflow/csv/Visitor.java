package dev.workflow.csv;

/** Is shown what a document is made of. What it is not interested in, it leaves as it is here. */
abstract class Visitor {
    /** What follows belongs to one record: one row, or several from unwinding. */
    void startRecord() {}

    /** Answers whether to go on. */
    boolean endRecord() {
        return true;
    }

    /** A value that is one cell; its first token is the current one, and the last one must be afterwards. */
    abstract void cell(Path path, JsonTokens tokens);

    /** An object or array without anything in it, that would have been taken apart: one cell. */
    abstract void empty(Path path, String text);

    /**
     * A member of an object that is taken apart. Answers whether to go on.
     *
     * @param name whose current token is its name
     * @param object tells this object from all others of the walk
     */
    abstract boolean member(Path path, JsonTokens name, long object);

    void enterObject() {}

    void leaveObject() {}

    void enterArray() {}

    /** An element of an array that is taken apart follows. */
    void element() {}

    void leaveArray() {}
}
