package dev.workflow.rest;

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

    public static void note(HttpRequest<?> request, String name) {
        request.setAttribute(ATTRIBUTE, name);
    }
}
