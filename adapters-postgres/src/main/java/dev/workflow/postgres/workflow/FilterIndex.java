package dev.workflow.postgres.workflow;

import dev.workflow.domain.Fault;
import dev.workflow.postgres.server.Transactions;
import java.sql.PreparedStatement;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The index by which lists are filtered. What is new stands in a list of its own, which each filter looks through, until that
 * list is emptied into the index.
 */
public final class FilterIndex {
    /** A filter looks through the entries of that much data in some milliseconds. */
    private static final long EMPTY_AFTER_BYTES = 4 << 20;

    private static final System.Logger LOG = System.getLogger(FilterIndex.class.getName());

    private final Transactions background;
    private final AtomicLong fresh = new AtomicLong();
    private final AtomicBoolean busy = new AtomicBoolean();

    public FilterIndex(Transactions background) {
        this.background = background;
    }

    /** Tells that so many bytes come in. Emptying the list takes longer than a batch may wait, so it is done beside. */
    void grow(long bytes) {
        if (fresh.addAndGet(bytes) >= EMPTY_AFTER_BYTES && !busy.getAndSet(true)) {
            fresh.set(0);
            Thread.ofVirtual().name("filter-index").start(this::emptyList);
        }
    }

    /** Where it does not work, the server does so once the list is full, or when it vacuums the table. */
    private void emptyList() {
        try {
            background.read(connection -> {
                try (PreparedStatement statement =
                        connection.prepareStatement("SELECT gin_clean_pending_list('workflow_content')")) {
                    return statement.execute();
                }
            });
        } catch (Fault e) {
            LOG.log(System.Logger.Level.DEBUG, "What is new could not be put into the index now.", e);
        } finally {
            busy.set(false);
        }
    }
}
