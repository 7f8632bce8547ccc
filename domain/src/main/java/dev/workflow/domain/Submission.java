package dev.workflow.domain;

import java.util.List;

/** Workflows of one request, with ids in ascending order: stored all or none. */
public record Submission(List<Workflow> workflows) {
    public Submission {
        workflows = List.copyOf(workflows);
    }
}
