package dev.workflow.rest.wire;

import java.io.IOException;

/** The framing of a body is not valid. No error of this service: its message is one that Micronaut does not log. */
final class BrokenBodyException extends IOException {
    private static final long serialVersionUID = 1L;

    BrokenBodyException() {
        super("Connection broken: the framing of the body is not valid.");
    }

    @Override
    public synchronized Throwable fillInStackTrace() {
        return this;
    }
}
