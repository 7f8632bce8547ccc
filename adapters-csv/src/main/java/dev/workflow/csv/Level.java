package dev.workflow.csv;

import org.jspecify.annotations.Nullable;

/** A container that a walk is inside of. */
final class Level {
    enum Kind {
        OBJECT,
        /** An array whose elements have a place each. */
        INDEXED,
        /** An array whose elements share its place. */
        UNWOUND
    }

    final Path path;
    final Kind kind;
    /** Tells this container from all others of the walk. */
    final long number;
    /** What it is in; null: nothing that is walked through. */
    final @Nullable Level outside;
    /** How many members or elements were seen. */
    int count;

    Level(Path path, Kind kind, long number, @Nullable Level outside) {
        this.path = path;
        this.kind = kind;
        this.number = number;
        this.outside = outside;
    }

    Path nextElement(Columns columns) {
        int position = count++;
        return kind == Kind.INDEXED ? columns.element(path, position) : path;
    }

    String emptyText() {
        return kind == Kind.OBJECT ? "{}" : "[]";
    }
}
