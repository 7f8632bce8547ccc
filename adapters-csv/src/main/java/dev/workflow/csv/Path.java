package dev.workflow.csv;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A place that the documents of a table have in common: the root, a member of an object, an element by its index. Equal places
 * are one and the same object, so a column is found by walking down to it, and its name is built only to be written.
 */
final class Path {
    /** As a slot: no cell was found here. */
    static final int NO_COLUMN = -1;
    /** As a slot: the cell here is not written. */
    static final int LEFT_OUT = -2;

    final @Nullable Path parent;
    /** As it stands in the header. */
    final String name;
    /** Stands before the name in the header: the separator, or nothing. */
    final String joint;
    /** How many characters the header has up to here. */
    final int length;
    /** Where the cell here is written in its row. */
    int slot = NO_COLUMN;
    /** The object in which this member was seen last. */
    private long seenIn;

    private @Nullable Members members;
    private @Nullable List<Path> elements;

    private Path(@Nullable Path parent, String joint, String name) {
        this.parent = parent;
        this.joint = joint;
        this.name = name;
        this.length = (parent == null ? 0 : parent.length) + joint.length() + name.length();
    }

    static Path root() {
        return new Path(null, "", "");
    }

    boolean isRoot() {
        return parent == null;
    }

    /** The member that was sent as {@code sent}; null if there was none so far. */
    @Nullable Path member(String sent) {
        return members == null ? null : members.find(sent);
    }

    /** A member that there was not so far. */
    Path addMember(String sent, Spelling spelling) {
        Members known = members;
        if (known == null) {
            known = new Members();
            members = known;
        }
        Path member = new Path(this, isRoot() ? "" : spelling.separator(), spelling.escape(sent));
        known.add(sent, member);
        return member;
    }

    /** The element at this position; null if there was none so far. */
    @Nullable Path element(int position) {
        return elements == null || position >= elements.size() ? null : elements.get(position);
    }

    /** The element after those that there were so far. */
    Path addElement() {
        List<Path> known = elements;
        if (known == null) {
            known = new ArrayList<>();
            elements = known;
        }
        Path element = new Path(this, "", "[" + known.size() + "]");
        known.add(element);
        return element;
    }

    /** A place that no member has. */
    Path beside(String header) {
        return new Path(this, "", header);
    }

    /** Whether the object has not had this member before, if it is asked of each of its members. */
    boolean isFirstIn(long object) {
        boolean first = seenIn != object;
        seenIn = object;
        return first;
    }

    /** The name of the column here. */
    String header() {
        if (parent == null || parent.isRoot()) {
            return name;
        }
        char[] header = new char[length];
        for (Path at = this; at != null; at = at.parent) {
            int start = at.length - at.name.length();
            at.name.getChars(0, at.name.length(), header, start);
            at.joint.getChars(0, at.joint.length(), header, start - at.joint.length());
        }
        return new String(header);
    }
}
