package dev.workflow.application;

import dev.workflow.domain.TimeOrderedIds;

/** What an instance has one of, beside its ports. */
public record Instruments(Schedule schedule, Throughput throughput, TimeOrderedIds ids) {}
