package dev.workflow.rest.metrics;

/** The methods that are told apart: a name that a client made up must not become a series of its own. */
public enum RequestMethod {
    GET,
    HEAD,
    POST,
    PUT,
    PATCH,
    DELETE,
    OPTIONS,
    TRACE,
    CONNECT,
    /** Any that HTTP does not know. */
    OTHER;

    /** By its name in a request line; unlike {@code valueOf}, this throws nothing. */
    public static RequestMethod of(String name) {
        return switch (name) {
            case "GET" -> GET;
            case "HEAD" -> HEAD;
            case "POST" -> POST;
            case "PUT" -> PUT;
            case "PATCH" -> PATCH;
            case "DELETE" -> DELETE;
            case "OPTIONS" -> OPTIONS;
            case "TRACE" -> TRACE;
            case "CONNECT" -> CONNECT;
            default -> OTHER;
        };
    }

    /** How OpenTelemetry spells it. */
    String label() {
        return this == OTHER ? "_OTHER" : name();
    }
}
