package dev.workflow.rest.list;

import dev.workflow.domain.Listing;
import dev.workflow.domain.Workflow;
import dev.workflow.domain.port.WorkflowRepository;
import java.util.List;

/**
 * The list, page by page, each a transaction of its own, so that a slow reader holds no connection. The size of a page follows
 * the size of the workflows seen so far, to keep what is in memory small.
 */
final class WorkflowPages {
    private static final int FIRST_PAGE = 32;
    private static final int LARGEST_PAGE = 2000;
    private static final long PAGE_BYTES = 1 << 20;

    private final WorkflowRepository repository;
    private Listing next;
    private boolean ended;

    /** @param listing whose limit does not matter */
    WorkflowPages(WorkflowRepository repository, Listing listing) {
        this.repository = repository;
        this.next = listing.limited(FIRST_PAGE);
    }

    /** The next page of at most {@code most} workflows; empty after the last. */
    List<Workflow> next(int most) {
        if (ended) {
            return List.of();
        }
        List<Workflow> page = repository.page(next.limited(Math.min(most, next.limit())));
        // a page may be short of its limit because its data is large, so only an empty one is the end
        if (page.isEmpty()) {
            ended = true;
        } else {
            next = next.after(page.getLast().id()).limited(sizeAfter(page));
        }
        return page;
    }

    private static int sizeAfter(List<Workflow> page) {
        long mean = 1 + Workflow.dataBytes(page) / page.size();
        return Math.clamp(PAGE_BYTES / mean, 1, LARGEST_PAGE);
    }
}
