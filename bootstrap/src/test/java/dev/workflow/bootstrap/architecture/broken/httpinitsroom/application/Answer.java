package dev.workflow.bootstrap.architecture.broken.httpinitsroom.application;

final class Answer {
    io.micronaut.http.HttpStatus status;
}
