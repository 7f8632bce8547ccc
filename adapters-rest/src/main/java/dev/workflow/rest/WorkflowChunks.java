package dev.workflow.rest;

import dev.workflow.domain.Workflow;
import dev.workflow.rest.json.JsonBytes;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The list in pieces of a size that a connection likes. Read by one thread at a time. */
final class WorkflowChunks {
    private static final int CHUNK_BYTES = 16 << 10;

    private final ListForm form;
    private final WorkflowPages pages;
    private final JsonBytes out = new JsonBytes(2 * CHUNK_BYTES);
    private Iterator<Workflow> page;
    private boolean begun;
    private boolean first = true;
    private boolean ended;

    /** @param firstPage the page that was read before the head of the answer could be written */
    WorkflowChunks(ListForm form, WorkflowPages pages, List<Workflow> firstPage) {
        this.form = form;
        this.pages = pages;
        this.page = firstPage.iterator();
    }

    /** The next piece, or null after the last. */
    synchronized byte @Nullable [] next() {
        if (ended) {
            return null;
        }
        out.clear();
        if (!begun) {
            form.begin(out);
            begun = true;
        }
        while (out.length() < CHUNK_BYTES && hasNext()) {
            form.write(page.next(), first, out);
            first = false;
        }
        if (!hasNext()) {
            form.end(out);
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
