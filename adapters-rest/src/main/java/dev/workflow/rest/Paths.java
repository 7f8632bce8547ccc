package dev.workflow.rest;

/** All paths of workflows, of which none may take a part of another for a name; and of pages and their files. */
final class Paths {
    static final String WORKFLOWS = "/workflow";
    static final String CONSUME = "/workflow/consume";
    static final String DEAD = "/workflow/dead";
    static final String REDRIVE = DEAD + "/redrive";
    static final String STATS = "/workflow/stats";
    static final String PREVIEW = "/workflow/csv/preview";

    /** Anything but what has a meaning of its own, so that other methods are not allowed there instead of failing on its name. */
    static final String WORKFLOW = "/workflow/{UUID:(?!consume$|dead$|delivery$|stats$)[^/]+}";

    static final String WORKFLOW_CSV = "/workflow/{UUID:(?!delivery/)[^/]+}/csv";

    private static final String DELIVERIES = "/workflow/delivery/";
    static final String DELIVERY = DELIVERIES + "{id:[^/]+}";
    static final String ACK = DELIVERY + "/ack";
    static final String NACK = DELIVERY + "/nack";
    static final String EXTEND = DELIVERY + "/extend";

    static final String DOCS = "/docs";
    static final String DOCS_FILE = DOCS + "/{file:[^/]+}";

    static final String CONSOLE = "/console";
    static final String CONSOLE_FILE = CONSOLE + "/{file:[^/]+}";

    private Paths() {}

    static String delivery(String id) {
        return DELIVERIES + id;
    }
}
