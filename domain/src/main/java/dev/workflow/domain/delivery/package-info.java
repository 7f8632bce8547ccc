/** Workflows handed over to a consumer: what it asks for and is given, and how it settles what it leased. */
@NullMarked
package dev.workflow.domain.delivery;

import org.jspecify.annotations.NullMarked;
