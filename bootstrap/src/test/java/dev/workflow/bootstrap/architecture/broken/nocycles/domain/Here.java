package dev.workflow.bootstrap.architecture.broken.nocycles.domain;

public final class Here {
    dev.workflow.bootstrap.architecture.broken.nocycles.application.There there;
}
