package dev.workflow.bootstrap.architecture.broken.domainisplain.domain;

final class Stored {
    java.sql.Connection connection;
}
