/** What a table may look like: the options that clients name, the rules of each, and what comes of them. */
@NullMarked
package dev.workflow.domain.csv;

import org.jspecify.annotations.NullMarked;
