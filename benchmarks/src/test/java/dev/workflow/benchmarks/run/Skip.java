package dev.workflow.benchmarks.run;

/** Something that a measurement needs is not to be had here. Its row says so, and the run goes on. */
final class Skip extends RuntimeException {
    private static final long serialVersionUID = 1;

    Skip(String message) {
        super(message);
    }
}
