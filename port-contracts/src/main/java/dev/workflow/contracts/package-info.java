/** What every implementation of a port must pass, and in-memory twins that pass it. Test scope only; never packaged. */
@NullMarked
package dev.workflow.contracts;

import org.jspecify.annotations.NullMarked;
