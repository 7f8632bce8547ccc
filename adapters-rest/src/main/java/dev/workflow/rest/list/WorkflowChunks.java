package dev.workflow.rest.list;

import dev.workflow.domain.Workflow;
import dev.workflow.rest.json.JsonBytes;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.SynchronousSink;
import reactor.core.scheduler.Schedulers;

/**
 * The list in pieces of a size that a connection likes. Read by one thread at a time; while a page is written, the next one is
 * read.
 */
final class WorkflowChunks {
    private static final int CHUNK_BYTES = 64 << 10;
    /** Pieces that are made while others are written. */
    private static final int AHEAD = 4;

    private final ListForm form;
    private final WorkflowPages pages;
    private final ReadAhead ahead;
    private final JsonBytes out = new JsonBytes(CHUNK_BYTES + (16 << 10));
    private Iterator<Workflow> page;
    private CompletableFuture<List<Workflow>> coming;
    private boolean first = true;
    private boolean ended;
    private byte @Nullable [] ready;

    /** Makes the first piece at once: as long as nothing was written, a failure can be told in the head of the answer. */
    WorkflowChunks(ListForm form, WorkflowPages pages, ReadAhead ahead) {
        this.form = form;
        this.pages = pages;
        this.ahead = ahead;
        this.page = pages.next(Integer.MAX_VALUE).iterator();
        this.coming = ahead.next(pages);
        form.begin(out);
        this.ready = piece();
    }

    /**
     * All pieces.
     *
     * @param makers make them
     * @param writer hands them on, one after the other; what is not handed on when the reader cancels there never is. A server
     *     that gets a piece of an answer whose client has hung up calls it an error
     */
    Flux<byte[]> stream(Executor makers, Executor writer) {
        return Flux.generate(this::emit)
                .subscribeOn(Schedulers.fromExecutor(makers))
                .publishOn(Schedulers.fromExecutor(writer), AHEAD);
    }

    private void emit(SynchronousSink<byte[]> sink) {
        byte[] next = next();
        if (next == null) {
            sink.complete();
        } else {
            sink.next(next);
        }
    }

    /** The next piece, or null after the last. */
    private synchronized byte @Nullable [] next() {
        byte[] piece = ready;
        ready = null;
        if (piece != null || ended) {
            return piece;
        }
        out.clear();
        return piece();
    }

    private byte[] piece() {
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
            coming = ahead.next(pages);
        }
        return page.hasNext();
    }
}
