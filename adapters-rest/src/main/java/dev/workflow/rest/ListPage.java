package dev.workflow.rest;

import dev.workflow.domain.Workflow;
import dev.workflow.rest.json.JsonBytes;
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
    /** What a workflow takes beside its data, mostly. */
    private static final int OVERHEAD_BYTES = 512;

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

    byte[] body(ListForm form) {
        JsonBytes out = new JsonBytes((int) WorkflowPages.bytes(workflows) + OVERHEAD_BYTES * (workflows.size() + 1));
        form.begin(out);
        for (int i = 0; i < workflows.size(); i++) {
            form.write(workflows.get(i), i == 0, out);
        }
        form.end(out);
        return out.toBytes();
    }
}
