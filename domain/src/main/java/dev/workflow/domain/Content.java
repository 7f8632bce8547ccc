package dev.workflow.domain;

import java.util.List;

/**
 * What a producer hands in.
 *
 * @param data any JSON value but {@code null}, as it was sent, byte for byte
 * @param steps names of the steps, in order
 */
public record Content(Utf8Text data, List<String> steps) {
    public Content {
        steps = List.copyOf(steps);
    }
}
