/**
 * What Prometheus is told. Counting is plain Java and always on; the library that knows the text format comes in with the first
 * scrape, so that a service that nobody watches does not carry it. May use that library, the domain, and what the application
 * reports.
 */
@NullMarked
package dev.workflow.rest.metrics;

import org.jspecify.annotations.NullMarked;
