package dev.workflow.bootstrap;

import org.jspecify.annotations.Nullable;

/** Why the service cannot start, as one line for the operator that names the setting to change. */
final class StartFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    StartFailure(String line) {
        this(line, null);
    }

    StartFailure(String line, @Nullable Throwable cause) {
        super(line, cause);
    }
}
