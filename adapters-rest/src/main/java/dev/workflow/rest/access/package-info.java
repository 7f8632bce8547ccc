/** Who may ask for what: API keys, their roles, and the check that stands before every controller. */
@NullMarked
package dev.workflow.rest.access;

import org.jspecify.annotations.NullMarked;
