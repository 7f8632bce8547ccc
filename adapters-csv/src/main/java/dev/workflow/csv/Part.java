package dev.workflow.csv;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A part of a document that is being rewritten. */
sealed interface Part {
    /** What stays as it was sent: the bytes from {@code start} to before {@code end}. */
    record Slice(int start, int end) implements Part {}

    /** An object or an array that is taken apart. */
    final class Container implements Part {
        private final boolean object;
        private final Map<String, Part> members = new LinkedHashMap<>();
        private final List<Part> elements = new ArrayList<>();
        private String name = "";

        Container(boolean object) {
            this.object = object;
        }

        boolean isObject() {
            return object;
        }

        /** The next part is the value of the member with this name. */
        void expect(String member) {
            name = member;
        }

        /** A name that is there already keeps its place and gets the new value. */
        void add(Part part) {
            if (object) {
                members.put(name, part);
            } else {
                elements.add(part);
            }
        }

        Map<String, Part> members() {
            return members;
        }

        List<Part> elements() {
            return elements;
        }
    }
}
