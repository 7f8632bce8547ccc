package dev.workflow.bootstrap.architecture.broken.csvinitsroom.rest;

final class Table {
    com.univocity.parsers.csv.CsvWriter writer;
}
