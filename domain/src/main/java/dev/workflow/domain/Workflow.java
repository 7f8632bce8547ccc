package dev.workflow.domain;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** A workflow as it is stored. */
public record Workflow(UUID id, Content content, State state, History history) {
    /** The workflow that storing {@code content} under {@code id} makes. */
    public static Workflow submitted(UUID id, Content content) {
        return new Workflow(id, content, new State.Waiting(), History.NEW);
    }

    /** How many bytes the data of workflows have together. */
    public static long dataBytes(List<Workflow> workflows) {
        long bytes = 0;
        for (Workflow each : workflows) {
            bytes += each.content.data().length();
        }
        return bytes;
    }

    /** The time inside the id, in microseconds. */
    public Instant createdAt() {
        return TimeOrderedIds.timeOf(id);
    }
}
