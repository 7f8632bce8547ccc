package dev.workflow.rest;

import dev.workflow.domain.Listing;
import dev.workflow.domain.Status;
import dev.workflow.domain.Workflow;
import dev.workflow.domain.port.WorkflowRepository;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The list, page by page, each a transaction of its own, so that a slow reader holds no connection. The size of a page follows
 * the size of the workflows seen so far, to keep what is in memory small.
 */
final class WorkflowPages {
    private static final int FIRST_PAGE = 32;
    private static final int LARGEST_PAGE = 500;
    private static final long PAGE_BYTES = 1 << 20;

    private final WorkflowRepository repository;
    private Listing next;
    private boolean ended;

    WorkflowPages(WorkflowRepository repository, @Nullable Status status, @Nullable UUID after) {
        this.repository = repository;
        this.next = new Listing(status, after, FIRST_PAGE);
    }

    /** The next page of at most {@code most} workflows; empty after the last. */
    List<Workflow> next(int most) {
        if (ended) {
            return List.of();
        }
        Listing asked = new Listing(next.status(), next.after(), Math.min(most, next.limit()));
        List<Workflow> page = repository.page(asked);
        // a page may be short of its limit because its data is large, so only an empty one is the end
        if (page.isEmpty()) {
            ended = true;
        } else {
            next = new Listing(next.status(), page.getLast().id(), sizeAfter(page));
        }
        return page;
    }

    private static int sizeAfter(List<Workflow> page) {
        long mean = 1 + bytes(page) / page.size();
        return Math.clamp(PAGE_BYTES / mean, 1, LARGEST_PAGE);
    }

    /** What the data of workflows takes. */
    static long bytes(List<Workflow> workflows) {
        return workflows.stream()
                .mapToLong(workflow -> workflow.content().data().length())
                .sum();
    }
}
