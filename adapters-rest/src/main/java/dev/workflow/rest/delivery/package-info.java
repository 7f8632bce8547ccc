/** What consumers do: take workflows from the queue in the form that they ask for, and settle what they lease. */
@NullMarked
package dev.workflow.rest.delivery;

import org.jspecify.annotations.NullMarked;
