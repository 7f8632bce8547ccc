package dev.workflow.bootstrap.architecture.broken.nocycles.application;

public final class There {
    dev.workflow.bootstrap.architecture.broken.nocycles.domain.Here here;
}
