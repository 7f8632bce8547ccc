package dev.workflow.rest;

/** All paths of workflows, of which none may take a part of another for a name; and of pages and their files. */
public final class Paths {
    public static final String WORKFLOWS = "/workflow";
    public static final String CONSUME = "/workflow/consume";
    public static final String DEAD = "/workflow/dead";
    public static final String REDRIVE = DEAD + "/redrive";
    public static final String STATS = "/workflow/stats";
    public static final String PREVIEW = "/workflow/csv/preview";

    /** Anything but what has a meaning of its own, so that other methods are not allowed there instead of failing on its name. */
    public static final String WORKFLOW = "/workflow/{UUID:(?!consume$|dead$|delivery$|stats$)[^/]+}";

    public static final String WORKFLOW_CSV = "/workflow/{UUID:(?!delivery/)[^/]+}/csv";

    private static final String DELIVERIES = "/workflow/delivery/";
    public static final String DELIVERY = DELIVERIES + "{id:[^/]+}";
    public static final String ACK = DELIVERY + "/ack";
    public static final String NACK = DELIVERY + "/nack";
    public static final String EXTEND = DELIVERY + "/extend";

    public static final String DOCS = "/docs";
    public static final String DOCS_FILE = DOCS + "/{file:[^/]+}";

    public static final String CONSOLE = "/console";
    public static final String CONSOLE_FILE = CONSOLE + "/{file:[^/]+}";

    private Paths() {}

    public static String delivery(String id) {
        return DELIVERIES + id;
    }
}
