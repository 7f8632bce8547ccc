package dev.workflow.rest;

/** Paths with a variable part. */
final class Paths {
    /** Anything but {@code consume}, so that other methods are not allowed there instead of failing on its name. */
    static final String WORKFLOW = "/workflow/{id:(?!consume$)[^/]+}";

    static final String WORKFLOW_CSV = "/workflow/{id:[^/]+}/csv";

    private Paths() {}
}
