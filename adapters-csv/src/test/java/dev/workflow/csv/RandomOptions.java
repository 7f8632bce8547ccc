package dev.workflow.csv;

import dev.workflow.domain.csv.CsvArrays;
import dev.workflow.domain.csv.CsvDialect;
import dev.workflow.domain.csv.CsvOptions;
import dev.workflow.domain.csv.CsvShape;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Random options that a reader of options would let pass. */
final class RandomOptions {
    private static final List<String> SEPARATORS = List.of(".", ".", ".", "/", "_", "a", "😀", "=");
    private static final List<String> NULLS = List.of("", "NULL", "0", "[]", "n/a", "ID", "x");
    private static final List<String> UNWOUND = List.of("a", "b", "a.b", "a\\.b", "value", "c", "", "a/b");
    private static final List<String> COLUMNS =
            List.of("a", "b", "a.b", "a\\.b", "", "value", "#x", "ID", "c", "zz", "a[0]", "value[0]", "\\.", "n,m");

    private final Random random;

    RandomOptions(long seed) {
        this.random = new Random(seed);
    }

    CsvOptions options() {
        return new CsvOptions(shape(), dialect(), List.of());
    }

    private CsvShape shape() {
        CsvArrays arrays = pick(List.of(CsvArrays.values()));
        String unwind = arrays == CsvArrays.UNWIND && random.nextInt(3) == 0 ? pick(UNWOUND) : null;
        return new CsvShape(arrays, unwind, random.nextInt(4) > 0, pick(SEPARATORS), columns());
    }

    private List<String> columns() {
        if (random.nextInt(3) > 0) {
            return List.of();
        }
        List<String> names = new ArrayList<>(COLUMNS);
        Collections.shuffle(names, random);
        return names.subList(0, 1 + random.nextInt(4));
    }

    private CsvDialect dialect() {
        char delimiter = pick(List.of(',', ',', ',', ';', '\t', '|', '-', '#', ' '));
        return new CsvDialect(
                delimiter, random.nextInt(4) > 0, random.nextInt(6) == 0, nullText(), random.nextInt(3) == 0);
    }

    private @Nullable String nullText() {
        return random.nextInt(3) == 0 ? pick(NULLS) : null;
    }

    private <T> T pick(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }
}
