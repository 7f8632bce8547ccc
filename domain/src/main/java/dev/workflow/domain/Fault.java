package dev.workflow.domain;

import org.jspecify.annotations.Nullable;

/**
 * Why something that was asked for did not happen, through no fault of the one who asked. All but {@link OutcomeUnknown} mean
 * that it certainly did not happen. Faults are values that travel through futures, so they carry no stack trace.
 */
public abstract sealed class Fault extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private Fault(String message, @Nullable Throwable cause) {
        super(message, cause, false, false);
    }

    /** The database or the broker is away. Nothing was done. */
    public static final class Unavailable extends Fault {
        private static final long serialVersionUID = 1L;

        /** What is away. */
        public enum Part {
            DATABASE,
            BROKER,
            /** One of them: whoever noticed cannot tell which. */
            UNKNOWN
        }

        private final Part part;

        private Unavailable(Part part, String message, @Nullable Throwable cause) {
            super(message, cause);
            this.part = part;
        }

        public Unavailable(String message) {
            this(Part.UNKNOWN, message, null);
        }

        public static Unavailable database(String message, @Nullable Throwable cause) {
            return new Unavailable(Part.DATABASE, message, cause);
        }

        public static Unavailable broker(String message) {
            return new Unavailable(Part.BROKER, message, null);
        }

        public Part part() {
            return part;
        }
    }

    /** More requests wait than may wait. Nothing was done. */
    public static final class Overloaded extends Fault {
        private static final long serialVersionUID = 1L;

        public Overloaded(String message) {
            super(message, null);
        }
    }

    /** This instance is stopping. Nothing was done. */
    public static final class Draining extends Fault {
        private static final long serialVersionUID = 1L;

        public Draining() {
            super("This instance is stopping.", null);
        }
    }

    /** The database went away in the middle of a commit and could not be asked: done or not. */
    public static final class OutcomeUnknown extends Fault {
        private static final long serialVersionUID = 1L;

        public OutcomeUnknown(String message, @Nullable Throwable cause) {
            super(message, cause);
        }
    }
}
