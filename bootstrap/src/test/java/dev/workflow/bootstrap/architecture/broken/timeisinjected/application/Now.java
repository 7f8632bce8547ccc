package dev.workflow.bootstrap.architecture.broken.timeisinjected.application;

final class Now {
    java.time.Instant now() {
        return java.time.Instant.now();
    }
}
