package dev.workflow.bootstrap;

import dev.workflow.domain.StorePolicy;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** The storage, opened on a thread of its own while the rest of the service is put together. */
final class ComingStorage implements AutoCloseable {
    private final CompletableFuture<OpenStorage> storage = new CompletableFuture<>();
    private final Thread opening;

    ComingStorage(Settings.Storage settings, StorePolicy policy) {
        this.opening = Thread.ofPlatform().name("storage").unstarted(() -> open(settings, policy));
    }

    private void open(Settings.Storage settings, StorePolicy policy) {
        try {
            storage.complete(new OpenStorage(settings, policy));
        } catch (RuntimeException | Error e) {
            storage.completeExceptionally(e);
        }
    }

    void begin() {
        opening.start();
    }

    /** Nobody needs it any more: what is not open yet will not be, and whoever waits for it is told soon. */
    void giveUp() {
        opening.interrupt();
    }

    /** Waits for it. Throws what kept it from opening, wrapped. */
    OpenStorage await() {
        return storage.join();
    }

    @Override
    public void close() {
        try {
            await().close();
        } catch (CancellationException | CompletionException e) {
            // it never opened, and whoever waited for it knows
        }
    }
}
