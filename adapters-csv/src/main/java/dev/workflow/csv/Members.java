package dev.workflow.csv;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The members of a place by their names as sent. Objects of one kind mostly list their members in one order, so the one after
 * the last one found is tried first.
 */
final class Members {
    private static final int FEW = 8;

    private String[] names = new String[FEW];
    private byte[][] spelled = new byte[FEW][];
    private Path[] paths = new Path[FEW];
    private int size;
    private int expected;
    private @Nullable Map<String, Path> index;

    /** The one whose name is the current token. It is made a text only if it is not the expected one. */
    @Nullable Path find(JsonTokens name) {
        if (expected == size) {
            expected = 0;
        }
        return name.isSpelled(spelled[expected]) ? paths[expected++] : find(name.text());
    }

    @Nullable Path find(String name) {
        return index == null ? search(name) : index.get(name);
    }

    private @Nullable Path search(String name) {
        for (int i = 0; i < size; i++) {
            if (names[i].equals(name)) {
                expected = i + 1;
                return paths[i];
            }
        }
        return null;
    }

    void add(String name, Path path) {
        if (size == names.length) {
            names = Arrays.copyOf(names, size * 2);
            spelled = Arrays.copyOf(spelled, size * 2);
            paths = Arrays.copyOf(paths, size * 2);
        }
        names[size] = name;
        spelled[size] = spelling(name);
        paths[size++] = path;
        expected = size;
        if (index != null) {
            index.put(name, path);
        } else if (size > FEW) {
            index = indexed();
        }
    }

    /** As JSON has it. What is sent in another spelling is found by its text. */
    private static byte[] spelling(String name) {
        return new String(JsonStringEncoder.getInstance().quoteAsString(name)).getBytes(StandardCharsets.UTF_8);
    }

    private Map<String, Path> indexed() {
        Map<String, Path> all = new HashMap<>();
        for (int i = 0; i < size; i++) {
            all.put(names[i], paths[i]);
        }
        return all;
    }
}
