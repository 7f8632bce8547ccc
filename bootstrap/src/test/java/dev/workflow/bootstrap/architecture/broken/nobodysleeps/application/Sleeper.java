package dev.workflow.bootstrap.architecture.broken.nobodysleeps.application;

final class Sleeper {
    void sleep() throws InterruptedException {
        Thread.sleep(1);
    }
}
