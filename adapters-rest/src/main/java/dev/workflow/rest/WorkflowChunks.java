package dev.workflow.rest;

import dev.workflow.domain.Workflow;
import dev.workflow.rest.json.JsonBytes;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * The list in pieces of a size that a connection likes. Read by one thread at a time; while a page is written, the next one is
 * read.
 */
final class WorkflowChunks {
    private static final int CHUNK_BYTES = 16 << 10;

    private final ListForm form;
    private final WorkflowPages pages;
    private final Executor reading;
    private final JsonBytes out = new JsonBytes(2 * CHUNK_BYTES);
    private Iterator<Workflow> page;
    private CompletableFuture<List<Workflow>> coming;
    private boolean begun;
    private boolean first = true;
    private boolean ended;

    /**
     * Reads the first page at once, before the head of the answer can be written.
     *
     * @param reading where pages are read, which blocks
     */
    WorkflowChunks(ListForm form, WorkflowPages pages, Executor reading) {
        this.form = form;
        this.pages = pages;
        this.reading = reading;
        this.page = pages.next(Integer.MAX_VALUE).iterator();
        this.coming = readAhead();
    }

    private CompletableFuture<List<Workflow>> readAhead() {
        return CompletableFuture.supplyAsync(() -> pages.next(Integer.MAX_VALUE), reading);
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
            page = coming.join().iterator();
            coming = readAhead();
        }
        return page.hasNext();
    }
}
