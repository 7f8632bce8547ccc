package dev.workflow.csv;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.Map;

/** Writes the parts of a rewritten document as JSON text again. Keeps its own stack, so depth does not matter. */
final class PartWriter {
    private final byte[] json;
    private final ByteArrayOutputStream text = new ByteArrayOutputStream();
    private final Deque<Open> open = new ArrayDeque<>();

    /** @param json what slices are slices of */
    PartWriter(byte[] json) {
        this.json = json;
    }

    byte[] text(Part whole) {
        write(whole);
        for (Open container = open.peek(); container != null; container = open.peek()) {
            if (container.hasNext()) {
                write(container.next(text));
            } else {
                container.end(text);
                open.pop();
            }
        }
        return text.toByteArray();
    }

    private void write(Part part) {
        switch (part) {
            case Part.Slice slice -> text.write(json, slice.start(), slice.end() - slice.start());
            case Part.Container container -> {
                text.write(container.isObject() ? '{' : '[');
                open.push(new Open(container));
            }
        }
    }

    /** A container of which not all is written yet. */
    private static final class Open {
        private final boolean object;
        private final Iterator<Map.Entry<String, Part>> members;
        private final Iterator<Part> elements;
        private boolean any;

        Open(Part.Container container) {
            object = container.isObject();
            members = container.members().entrySet().iterator();
            elements = container.elements().iterator();
        }

        boolean hasNext() {
            return members.hasNext() || elements.hasNext();
        }

        /** Writes what stands before the next part. */
        Part next(ByteArrayOutputStream text) {
            if (any) {
                text.write(',');
            }
            any = true;
            if (!object) {
                return elements.next();
            }
            Map.Entry<String, Part> member = members.next();
            text.writeBytes(name(member.getKey()));
            return member.getValue();
        }

        void end(ByteArrayOutputStream text) {
            text.write(object ? '}' : ']');
        }

        private static byte[] name(String name) {
            String quoted = '"' + new String(JsonStringEncoder.getInstance().quoteAsString(name)) + "\":";
            return quoted.getBytes(StandardCharsets.UTF_8);
        }
    }
}
