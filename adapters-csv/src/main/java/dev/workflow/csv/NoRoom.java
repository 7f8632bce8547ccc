package dev.workflow.csv;

/** A text was not begun, since those that are still being read take the room. It is thrown where nothing was done yet. */
final class NoRoom extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int bytes;

    NoRoom(int bytes) {
        super("No room for " + bytes + " bytes.", null, false, false);
        this.bytes = bytes;
    }

    /** How large the text would be. */
    int bytes() {
        return bytes;
    }
}
