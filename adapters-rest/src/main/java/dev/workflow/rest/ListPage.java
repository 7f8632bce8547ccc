package dev.workflow.rest;

import dev.workflow.domain.Workflow;
import java.util.ArrayList;
import java.util.List;

/**
 * One page that a client asked for.
 *
 * @param more whether others come after it
 */
record ListPage(List<Workflow> workflows, boolean more) {
    /** A page ends early when its data is larger than this, so that large workflows do not fill the memory. */
    private static final long MAX_BYTES = 16 << 20;

    static ListPage read(WorkflowPages pages, int limit) {
        List<Workflow> found = new ArrayList<>();
        long bytes = 0;
        while (found.size() <= limit && bytes <= MAX_BYTES) {
            List<Workflow> next = pages.next(limit + 1 - found.size());
            if (next.isEmpty()) {
                return new ListPage(found, false);
            }
            found.addAll(next);
            bytes += WorkflowPages.bytes(next);
        }
        return new ListPage(found.subList(0, Math.min(limit, Math.max(1, found.size() - 1))), true);
    }
}
