package dev.workflow.bootstrap.architecture.broken.metricsintheirroom.rest;

final class Scrape {
    io.prometheus.metrics.model.snapshots.MetricSnapshots families;
}
