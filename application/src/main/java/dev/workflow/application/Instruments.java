package dev.workflow.application;

/** What an instance has one of, beside its ports. */
public record Instruments(Schedule schedule, Throughput throughput) {}
