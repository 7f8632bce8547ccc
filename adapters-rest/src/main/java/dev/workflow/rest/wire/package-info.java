/**
 * What is decided below Micronaut, on the connection itself: requests that are no HTTP or come too slowly, and the headers that
 * every answer carries, whoever wrote it. May use Netty.
 */
@NullMarked
package dev.workflow.rest.wire;

import org.jspecify.annotations.NullMarked;
