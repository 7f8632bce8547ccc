/**
 * What is decided below Micronaut, on the connection itself: requests that are no HTTP or come too slowly, the headers that every
 * answer carries, whoever wrote it, and how long that took. May use Netty, and of Micronaut what leads to its connections and routes.
 */
@NullMarked
package dev.workflow.rest.wire;

import org.jspecify.annotations.NullMarked;
