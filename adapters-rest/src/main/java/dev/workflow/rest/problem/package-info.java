/** What is told to a client whose request cannot be served (RFC 9457). Values only: knows neither Micronaut nor Netty. */
@NullMarked
package dev.workflow.rest.problem;

import org.jspecify.annotations.NullMarked;
