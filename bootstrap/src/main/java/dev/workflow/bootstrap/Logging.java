package dev.workflow.bootstrap;

import java.util.stream.Collectors;

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

    /** For whoever started this process: as lines, or as one event where whoever reads is a program. */
    static void greet(String lines) {
        if (Variables.lower(Format.JSON).equals(System.getProperty(FORMAT))) {
            System.getLogger(Service.class.getName()).log(System.Logger.Level.INFO, inOneLine(lines));
        } else {
            System.out.print(lines);
        }
    }

    private static String inOneLine(String lines) {
        return lines.lines().map(line -> line.strip().replaceAll(" +", " ")).collect(Collectors.joining("; "));
    }
}
