/** Values as SQL has them: arrays as the wire carries them, times, columns. */
@NullMarked
package dev.workflow.postgres.value;

import org.jspecify.annotations.NullMarked;
