package dev.workflow.application;

import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;

/** Waiting for stages, whose ports promise that they complete in time. */
final class Stages {
    private Stages() {}

    /** Throws what the stage failed with, unwrapped. */
    static <T> T await(CompletionStage<T> stage) {
        try {
            return stage.toCompletableFuture().join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw e;
        }
    }
}
