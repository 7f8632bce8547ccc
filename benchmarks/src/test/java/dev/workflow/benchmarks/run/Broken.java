package dev.workflow.benchmarks.run;

/** A measurement that measured nothing, or not what it is named for. Its row has no figure, and the run fails. */
final class Broken extends RuntimeException {
    private static final long serialVersionUID = 1;

    Broken(String message) {
        super(message);
    }

    Broken(String message, Throwable cause) {
        super(message, cause);
    }
}
