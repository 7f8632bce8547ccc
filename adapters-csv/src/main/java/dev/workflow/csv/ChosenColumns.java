package dev.workflow.csv;

import dev.workflow.domain.csv.CsvFormulas;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The columns that were asked for by name. Each goes to the first place that is spelled like it. */
final class ChosenColumns {
    private final List<String> names;
    private final boolean safe;
    private final Map<String, Integer> positions = new HashMap<>();
    private final BitSet lengths = new BitSet();
    private final BitSet taken = new BitSet();

    ChosenColumns(List<String> names, boolean safe) {
        this.names = names;
        this.safe = safe;
        for (int i = 0; i < names.size(); i++) {
            positions.put(names.get(i), i);
            lengths.set(names.get(i).length());
        }
    }

    int size() {
        return names.size();
    }

    /** How many of the names have found their place. */
    int found() {
        return taken.cardinality();
    }

    /** As it stands in the table. */
    String header(int position) {
        return safe ? CsvFormulas.disarm(names.get(position)) : names.get(position);
    }

    /**
     * Takes the position of the name of this place; -1 if nobody asked for it. In a safe table it may also be asked for as its
     * header shows it. The lengths are compared first, since building a long name costs more.
     */
    int take(Path path) {
        int position = lengths.get(path.length()) ? take(path.header()) : -1;
        if (position < 0 && safe && lengths.get(path.length() + 1)) {
            position = take(CsvFormulas.disarm(path.header()));
        }
        return position;
    }

    private int take(String name) {
        Integer position = positions.get(name);
        if (position == null || taken.get(position)) {
            return -1;
        }
        taken.set(position);
        return position;
    }

    void giveBack(int position) {
        taken.clear(position);
    }
}
