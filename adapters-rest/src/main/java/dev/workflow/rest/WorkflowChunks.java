package dev.workflow.rest;

import dev.workflow.domain.Workflow;
import dev.workflow.rest.json.JsonBytes;
import dev.workflow.rest.json.WorkflowJson;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The list as a JSON array, in pieces of a size that a connection likes. Read by one thread at a time. */
final class WorkflowChunks {
    private static final int CHUNK_BYTES = 16 << 10;

    private final WorkflowPages pages;
    private final JsonBytes out = new JsonBytes(2 * CHUNK_BYTES);
    private Iterator<Workflow> page;
    private String before = "[";
    private boolean ended;

    /** @param first the page that was read before the head of the answer could be written */
    WorkflowChunks(WorkflowPages pages, List<Workflow> first) {
        this.pages = pages;
        this.page = first.iterator();
    }

    /** The next piece, or null after the last. */
    synchronized byte @Nullable [] next() {
        if (ended) {
            return null;
        }
        out.clear();
        while (out.length() < CHUNK_BYTES && hasNext()) {
            WorkflowJson.write(page.next(), out.raw(before));
            before = ",\n";
        }
        if (!hasNext()) {
            out.raw(before.equals("[") ? "[]" : "]");
            ended = true;
        }
        return out.toBytes();
    }

    private boolean hasNext() {
        if (!page.hasNext()) {
            page = pages.next(Integer.MAX_VALUE).iterator();
        }
        return page.hasNext();
    }
}
