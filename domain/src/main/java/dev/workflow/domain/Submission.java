package dev.workflow.domain;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Workflows of one request, with ids in ascending order: stored all or none. */
public record Submission(List<Workflow> workflows, @Nullable RequestKey key) {
    public Submission {
        workflows = List.copyOf(workflows);
    }
}
