/**
 * A store as plain maps have it, and stories in which everything happens to a store that can happen to it. The oracle shares
 * no code with any store.
 */
@NullMarked
package dev.workflow.contracts.model;

import org.jspecify.annotations.NullMarked;
