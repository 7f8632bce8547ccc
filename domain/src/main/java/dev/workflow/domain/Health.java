package dev.workflow.domain;

import java.util.Map;

/** How something that the service depends on is. */
public sealed interface Health {
    /**
     * It answers.
     *
     * @param details what an operator wants to see, name to value, in order
     */
    record Up(Map<String, String> details) implements Health {}

    /**
     * It does not answer, or not as it should.
     *
     * @param reason one line, without secrets
     */
    record Down(String reason) implements Health {}
}
