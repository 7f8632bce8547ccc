package dev.workflow.application;

import dev.workflow.domain.Fault;
import dev.workflow.domain.Rendering;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** A consumer who waits for an answer. */
final class ConsumeRequest implements Gathering.Member {
    private static final long BYTES = 1024;

    private final Rendering rendering;
    private final long ticket;
    private final long cameNanos = System.nanoTime();
    private final CompletableFuture<ConsumeOutcome> answer = new CompletableFuture<>();

    /** @param ticket stands for what this instance had committed when the request came */
    ConsumeRequest(Rendering rendering, long ticket) {
        this.rendering = rendering;
        this.ticket = ticket;
    }

    Rendering rendering() {
        return rendering;
    }

    long ticket() {
        return ticket;
    }

    CompletableFuture<ConsumeOutcome> answer() {
        return answer;
    }

    boolean hasWaited(Duration patience) {
        return System.nanoTime() - cameNanos >= patience.toNanos();
    }

    @Override
    public int rows() {
        return 1;
    }

    @Override
    public long bytes() {
        return BYTES;
    }

    /** An instance that is stopping has nothing for a consumer, which is no failure. */
    @Override
    public void fail(RuntimeException why) {
        if (why instanceof Fault.Draining) {
            answer.complete(new ConsumeOutcome.Nothing(true));
        } else {
            answer.completeExceptionally(why);
        }
    }
}
