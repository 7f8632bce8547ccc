/** Workflows one by one: stored, looked at, changed. */
@NullMarked
package dev.workflow.rest.workflow;

import org.jspecify.annotations.NullMarked;
