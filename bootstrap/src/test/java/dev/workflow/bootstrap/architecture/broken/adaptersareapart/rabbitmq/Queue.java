package dev.workflow.bootstrap.architecture.broken.adaptersareapart.rabbitmq;

final class Queue {
    dev.workflow.bootstrap.architecture.broken.adaptersareapart.postgres.Store store;
}
