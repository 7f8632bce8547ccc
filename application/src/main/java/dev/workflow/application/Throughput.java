package dev.workflow.application;

import java.util.function.LongSupplier;

/** What went through this instance, lately and ever. */
public final class Throughput {
    private final Rate inserted;
    private final Rate consumed;

    public Throughput() {
        this(System::nanoTime);
    }

    Throughput(LongSupplier nanoTime) {
        this.inserted = new Rate(nanoTime);
        this.consumed = new Rate(nanoTime);
    }

    Rate inserted() {
        return inserted;
    }

    Rate consumed() {
        return consumed;
    }
}
