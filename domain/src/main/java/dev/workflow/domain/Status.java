package dev.workflow.domain;

/** The status that clients see and may change. */
public enum Status {
    INSERTED,
    CONSUMED
}
