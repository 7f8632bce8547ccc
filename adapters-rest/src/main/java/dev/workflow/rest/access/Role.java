package dev.workflow.rest.access;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What the holder of a key does here. */
public enum Role {
    /** Hands workflows in. */
    PRODUCER,
    /** Takes workflows out. */
    CONSUMER,
    /** Looks. */
    VIEWER,
    /** May do everything. */
    ADMIN;

    /** How it is written in settings and messages. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Optional<Role> ofWord(String word) {
        return Arrays.stream(values()).filter(role -> role.word().equals(word)).findFirst();
    }
}
