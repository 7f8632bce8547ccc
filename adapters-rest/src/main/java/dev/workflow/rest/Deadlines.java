package dev.workflow.rest;

import io.micronaut.context.annotation.Value;
import jakarta.inject.Singleton;
import java.time.Duration;

/** How long a request may take to come, its answer to begin, and a connection to be silent. */
@Singleton
public final class Deadlines {
    private final Duration request;
    private final Duration answer;
    private final Duration idle;

    /**
     * @param request for head and body, from the first byte
     * @param answer for the head of the answer, from the last byte of the request; under the 10 s that are promised, and over
     *     the 9 s that a dying database takes to be found out
     * @param idle between requests, or while an answer is not read; longer than load balancers keep idle connections, so that
     *     it is them who close
     */
    public Deadlines(
            @Value("${workflow.rest.request-timeout:30s}") Duration request,
            @Value("${workflow.rest.answer-timeout:9500ms}") Duration answer,
            @Value("${workflow.rest.idle-timeout:2m}") Duration idle) {
        this.request = request;
        this.answer = answer;
        this.idle = idle;
    }

    public Duration request() {
        return request;
    }

    Duration answer() {
        return answer;
    }

    Duration idle() {
        return idle;
    }
}
