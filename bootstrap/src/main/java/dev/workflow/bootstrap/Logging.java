package dev.workflow.bootstrap;

/** How this process says what happens. No logger may be asked for before it is set up, or logback.xml is read too soon. */
final class Logging {
    private static final String FORMAT = "LOG_FORMAT";
    private static final String LEVEL = "LOG_LEVEL";

    private enum Format {
        TEXT,
        JSON
    }

    private enum Level {
        TRACE,
        DEBUG,
        INFO,
        WARN,
        ERROR
    }

    private Logging() {}

    /** logback.xml takes the usual spelling only, and a property before a variable of the same name. */
    static void setUp(Variables variables) {
        System.setProperty(FORMAT, Variables.lower(variables.choice(FORMAT, Format.class, Format.TEXT)));
        System.setProperty(LEVEL, Variables.lower(variables.choice(LEVEL, Level.class, Level.INFO)));
    }
}
