package dev.workflow.domain;

/** The states of a workflow without their times. */
public enum StateName {
    WAITING,
    DELAYED,
    LEASED,
    DEAD,
    CONSUMED
}
