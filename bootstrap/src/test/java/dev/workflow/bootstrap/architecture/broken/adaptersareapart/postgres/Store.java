package dev.workflow.bootstrap.architecture.broken.adaptersareapart.postgres;

public final class Store {}
