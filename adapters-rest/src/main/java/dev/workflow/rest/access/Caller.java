package dev.workflow.rest.access;

import io.micronaut.http.HttpRequest;

/** Who sent a request. */
public final class Caller {
    /** While no keys are set nobody can be told from anybody. */
    private static final String ANYONE = "";

    private static final String ATTRIBUTE = Caller.class.getName();

    private Caller() {}

    /** The name of the key that a request came with. */
    public static String of(HttpRequest<?> request) {
        return request.getAttribute(ATTRIBUTE, String.class).orElse(ANYONE);
    }

    static void note(HttpRequest<?> request, ApiKey key) {
        request.setAttribute(ATTRIBUTE, key.name());
    }
}
