/**
 * What the application needs from the outside, as interfaces that adapters implement. Each method is one transaction or one
 * exchange with a broker. An adapter that is away throws a {@link dev.workflow.domain.Fault}, never an exception of its library.
 */
@NullMarked
package dev.workflow.domain.port;

import org.jspecify.annotations.NullMarked;
