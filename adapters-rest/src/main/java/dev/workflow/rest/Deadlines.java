package dev.workflow.rest;

import io.micronaut.context.annotation.Value;
import jakarta.inject.Singleton;
import java.time.Duration;

/** How long a request may take to come, and its answer to begin. */
@Singleton
public final class Deadlines {
    private final Duration request;
    private final Duration answer;

    /**
     * @param request for head and body, from the first byte
     * @param answer for the head of the answer, from the last byte of the request; under the 10 s that are promised, and over
     *     the 9 s that a dying database takes to be found out
     */
    public Deadlines(
            @Value("${workflow.rest.request-timeout:30s}") Duration request,
            @Value("${workflow.rest.answer-timeout:9500ms}") Duration answer) {
        this.request = request;
        this.answer = answer;
    }

    public Duration request() {
        return request;
    }

    Duration answer() {
        return answer;
    }
}
