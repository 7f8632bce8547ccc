package dev.workflow.bootstrap;

import dev.workflow.domain.StorePolicy;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** The storage, opened on a thread of its own while the rest of the service is put together. */
final class ComingStorage implements AutoCloseable {
    private final CompletableFuture<OpenStorage> storage;

    private ComingStorage(CompletableFuture<OpenStorage> storage) {
        this.storage = storage;
    }

    static ComingStorage begin(Settings.Storage settings, StorePolicy policy) {
        return new ComingStorage(CompletableFuture.supplyAsync(
                () -> OpenStorage.open(settings, policy),
                opening -> Thread.ofPlatform().name("storage").start(opening)));
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
