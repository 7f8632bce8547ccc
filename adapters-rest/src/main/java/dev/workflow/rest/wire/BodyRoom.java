package dev.workflow.rest.wire;

import io.micronaut.context.annotation.Property;
import io.netty.util.internal.PlatformDependent;
import jakarta.inject.Singleton;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Memory for bodies that are still coming, of all connections together. However many clients send large ones, and however
 * slowly, there is memory left for everyone else's.
 */
@Singleton
final class BodyRoom {
    /** One part in so many of the memory outside of the heap, which bodies share with all else that comes and goes. */
    private static final int SHARE = 4;

    private final AtomicLong free;

    BodyRoom(@Property(name = "workflow.rest.body-room") @Nullable Long bytes) {
        free = new AtomicLong(bytes == null ? PlatformDependent.maxDirectMemory() / SHARE : bytes);
    }

    boolean take(long bytes) {
        return free.getAndUpdate(before -> before >= bytes ? before - bytes : before) >= bytes;
    }

    void give(long bytes) {
        free.addAndGet(bytes);
    }
}
