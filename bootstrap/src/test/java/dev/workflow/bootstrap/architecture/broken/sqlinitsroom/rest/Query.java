package dev.workflow.bootstrap.architecture.broken.sqlinitsroom.rest;

final class Query {
    java.sql.Connection connection;
}
