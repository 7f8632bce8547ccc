package dev.workflow.postgres.server;

import org.jspecify.annotations.Nullable;

/** Why a database cannot be used: one line for an operator, without secrets. */
public final class CannotOpenStore extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public CannotOpenStore(String line, @Nullable Throwable cause) {
        super(line, cause);
    }

    public CannotOpenStore(String line) {
        this(line, null);
    }
}
