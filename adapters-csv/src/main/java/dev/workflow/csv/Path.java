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

    private static final int MEMBER = -1;
    /** Characters of a header that is kept once it was built: many long ones together would take more room than the table. */
    private static final int MOST_KEPT = 100;

    private final @Nullable Path parent;
    /** What stands in the header before the name: the separator, or nothing. */
    private final String joint;
    /** As it stands in the header; that of an element is made of its position, since there may be very many. */
    private final String name;

    private final int position;
    private final int length;
    private final int bytes;
    private @Nullable Members members;
    private @Nullable List<Path> elements;
    private long seenIn;
    private @Nullable String shortHeader;

    /** Where the cell here is written in its row. */
    int slot = NO_COLUMN;

    private Path(@Nullable Path parent, String joint, String name, int position) {
        this.parent = parent;
        this.joint = joint;
        this.name = name;
        this.position = position;
        this.length = (parent == null ? 0 : parent.length) + joint.length() + name().length();
        this.bytes = (parent == null ? 0 : parent.bytes) + bytes(joint) + bytes(name());
    }

    static Path root() {
        return new Path(null, "", "", MEMBER);
    }

    /** A place that is no member of this one and has a name of its own. */
    Path beside(String header) {
        return new Path(this, "", header, MEMBER);
    }

    boolean isRoot() {
        return parent == null;
    }

    /** How many characters the header has. */
    int length() {
        return length;
    }

    /** How many bytes the header has, its quotes doubled. */
    int bytes() {
        return bytes;
    }

    private static int bytes(String text) {
        int bytes = 0;
        for (int i = 0; i < text.length(); i++) {
            bytes += bytes(text.charAt(i));
        }
        return bytes;
    }

    /** Half of a surrogate pair has two of the four. */
    private static int bytes(char c) {
        if (c < 0x80) {
            return c == '"' ? 2 : 1;
        }
        return c < 0x800 || Character.isSurrogate(c) ? 2 : 3;
    }

    /** The member that was sent as {@code sent}; null if there was none so far. */
    @Nullable Path member(String sent) {
        return members == null ? null : members.find(sent);
    }

    /** The member whose name is the current token; null if there was none so far. */
    @Nullable Path member(JsonTokens sent) {
        return members == null ? null : members.find(sent);
    }

    /** A member that there was not so far. */
    Path addMember(String sent, Spelling spelling) {
        Members known = members;
        if (known == null) {
            known = new Members();
            members = known;
        }
        Path member = new Path(this, isRoot() ? "" : spelling.separator(), spelling.escape(sent), MEMBER);
        known.add(sent, member);
        return member;
    }

    /** The element at this position; null if there was none so far. */
    @Nullable Path element(int at) {
        return elements == null || at >= elements.size() ? null : elements.get(at);
    }

    /** The element after those that there were so far. */
    Path addElement() {
        List<Path> known = elements;
        if (known == null) {
            known = new ArrayList<>();
            elements = known;
        }
        Path element = new Path(this, "", "", known.size());
        known.add(element);
        return element;
    }

    /** Whether the object has not had this member before, if it is asked of each of its members. */
    boolean isFirstIn(long object) {
        boolean first = seenIn != object;
        seenIn = object;
        return first;
    }

    private String name() {
        return position == MEMBER ? name : "[" + position + "]";
    }

    /** The name of the column here. */
    String header() {
        if (parent == null || parent.isRoot()) {
            return name;
        }
        if (length > MOST_KEPT) {
            return joined();
        }
        if (shortHeader == null) {
            shortHeader = joined();
        }
        return shortHeader;
    }

    private String joined() {
        char[] header = new char[length];
        for (Path at = this; at != null; at = at.parent) {
            String last = at.name();
            int start = at.length - last.length();
            last.getChars(0, last.length(), header, start);
            at.joint.getChars(0, at.joint.length(), header, start - at.joint.length());
        }
        return new String(header);
    }
}
