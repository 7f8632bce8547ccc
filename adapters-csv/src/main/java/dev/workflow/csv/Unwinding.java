package dev.workflow.csv;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Writes a gathered record as rows: one for each way to take an element of each array. The first array turns slowest, and an
 * array within an element turns before those after the element, as loops within loops would have it.
 */
final class Unwinding {
    private final Row row;
    private final Deque<Choice> choices = new ArrayDeque<>();

    Unwinding(Row row) {
        this.row = row;
    }

    /** Answers whether all rows were written: it ends when no more of them fit. */
    boolean write(Gathered whole, int width, BooleanSupplier moreFit) {
        choices.clear();
        whole.putInto(row);
        chooseFirst(pending(whole.arrays(), null));
        do {
            row.write(width);
            if (!moreFit.getAsBoolean()) {
                return false;
            }
        } while (chooseNext());
        return true;
    }

    private void chooseFirst(@Nullable Pending pending) {
        Pending at = pending;
        while (at != null) {
            Choice choice = new Choice(at.array.elements(), at.after);
            choices.push(choice);
            choice.element().putInto(row);
            at = pending(choice.element().arrays(), at.after);
        }
    }

    private boolean chooseNext() {
        for (Choice choice = choices.peek(); choice != null; choice = choices.peek()) {
            choice.element().takeOutOf(row);
            if (choice.advance()) {
                choice.element().putInto(row);
                chooseFirst(pending(choice.element().arrays(), choice.after));
                return true;
            }
            choices.pop();
        }
        return false;
    }

    private static @Nullable Pending pending(List<Alternatives> arrays, @Nullable Pending after) {
        Pending first = after;
        for (int i = arrays.size() - 1; i >= 0; i--) {
            first = new Pending(arrays.get(i), first);
        }
        return first;
    }

    /** Arrays of which no element is taken yet, the next one first. */
    private record Pending(Alternatives array, @Nullable Pending after) {}

    /** The element of an array that is in the row. */
    private static final class Choice {
        private final List<Gathered> elements;
        private final @Nullable Pending after;
        private int position;

        Choice(List<Gathered> elements, @Nullable Pending after) {
            this.elements = elements;
            this.after = after;
        }

        Gathered element() {
            return elements.get(position);
        }

        boolean advance() {
            boolean more = position + 1 < elements.size();
            position += more ? 1 : 0;
            return more;
        }
    }
}
