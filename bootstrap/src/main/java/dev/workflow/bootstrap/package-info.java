/** Starts and wires everything; sees every room. */
@NullMarked
package dev.workflow.bootstrap;

import org.jspecify.annotations.NullMarked;
