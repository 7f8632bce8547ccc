/** The queue of the default run: entries only, bounded. May use the domain. */
@NullMarked
package dev.workflow.memory;

import org.jspecify.annotations.NullMarked;
