package dev.workflow.bootstrap.architecture.broken.jsoninitsrooms.domain;

final class Tree {
    com.fasterxml.jackson.core.JsonParser parser;
}
