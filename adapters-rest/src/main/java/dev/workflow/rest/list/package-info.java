/** The list of workflows: its filters and forms, and how it goes out page by page to readers of any speed. */
@NullMarked
package dev.workflow.rest.list;

import org.jspecify.annotations.NullMarked;
