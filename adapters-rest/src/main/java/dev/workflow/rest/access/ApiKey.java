package dev.workflow.rest.access;

/**
 * A key without its secret.
 *
 * @param name who holds it; idempotency keys are kept apart by it
 */
public record ApiKey(String name, Role role) {}
