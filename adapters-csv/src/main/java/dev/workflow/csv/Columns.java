package dev.workflow.csv;

import dev.workflow.domain.csv.CsvArrays;
import dev.workflow.domain.csv.CsvFormulas;
import dev.workflow.domain.csv.CsvOptions;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The columns of the data in order of first appearance, and the places where their cells are found. They are written after those
 * of the workflow: all of them, or the chosen ones.
 */
final class Columns {
    private static final String VALUE = "value";

    private final boolean unwinding;
    private final @Nullable String onlyUnwound;
    private final boolean safe;
    private final Spelling spelling;
    private final boolean headed;
    private final int first;
    private final @Nullable ChosenColumns chosen;
    private final Path root = Path.root();
    private final Path value;
    private final List<Path> found = new ArrayList<>();
    private long headerLength;
    private int places;

    Columns(CsvOptions options) {
        this.unwinding = options.shape().arrays() == CsvArrays.UNWIND;
        this.onlyUnwound = options.shape().unwind();
        this.safe = options.dialect().safe();
        this.spelling = Spelling.of(options.shape());
        this.headed = options.dialect().header();
        this.first = options.with().size();
        List<String> names = options.shape().columns();
        this.chosen = names.isEmpty() ? null : new ChosenColumns(names, safe);
        boolean plain = spelling.escape(VALUE).equals(VALUE);
        this.value = plain ? root.addMember(VALUE, spelling) : root.beside(VALUE);
    }

    Path root() {
        return root;
    }

    /** Where values are that have no name; the place of members with this name, too, where their header is the same. */
    Path value() {
        return value;
    }

    /** The member whose name is the current token. */
    Path member(Path of, JsonTokens name) {
        Path known = of.member(name);
        return known == null ? member(of, name.text()) : known;
    }

    Path member(Path of, String name) {
        Path member = of.member(name);
        if (member == null) {
            member = of.addMember(name, spelling);
            places++;
        }
        return member;
    }

    Path element(Path of, int position) {
        Path element = of.element(position);
        if (element == null) {
            element = of.addElement();
            places++;
        }
        return element;
    }

    /** How many places are known, whether there are columns or not. */
    int places() {
        return places;
    }

    /** Where the cell at this place stands in its row; negative: it is left out. */
    int slot(Path path) {
        if (path.slot == Path.NO_COLUMN) {
            path.slot = add(path);
        }
        return path.slot;
    }

    private int add(Path path) {
        int position = chosen == null ? found.size() : chosen.take(path);
        found.add(path);
        if (position < 0) {
            return Path.LEFT_OUT;
        }
        headerLength += path.bytes();
        return first + position;
    }

    /** How many columns were found. */
    int found() {
        return found.size();
    }

    /** Forgets all but the first that were found. */
    void keep(int most) {
        while (found.size() > most) {
            Path path = found.removeLast();
            if (path.slot != Path.LEFT_OUT) {
                headerLength -= path.bytes();
            }
            if (chosen != null && path.slot != Path.LEFT_OUT) {
                chosen.giveBack(path.slot - first);
            }
            path.slot = Path.NO_COLUMN;
        }
    }

    /** How many columns are written, those of the workflow among them. */
    int width() {
        return first + (chosen == null ? found.size() : chosen.size());
    }

    /** How many columns are left out. */
    int omitted() {
        return chosen == null ? 0 : found.size() - chosen.found();
    }

    /** How many bytes the names have together that are written because they were found. */
    long headerLength() {
        return headed ? headerLength : 0;
    }

    /** The name of the column in this slot, as it stands in the table. */
    String header(int slot) {
        return chosen == null ? header(found.get(slot - first)) : chosen.header(slot - first);
    }

    private String header(Path path) {
        return safe ? CsvFormulas.disarm(path.header()) : path.header();
    }

    /** Whether an array here becomes rows. The lengths are compared first, since building a long name costs more. */
    boolean unwinds(Path path) {
        if (!unwinding || onlyUnwound == null) {
            return unwinding;
        }
        int added = onlyUnwound.length() - path.length();
        return (added == 0 && onlyUnwound.equals(path.header())) || (added == 1 && onlyUnwound.equals(header(path)));
    }
}
