/**
 * The workflow, its states and the rules that hold for it wherever it is stored or queued. Knows the JDK and nothing else:
 * no framework, no JSON library, no SQL.
 */
@NullMarked
package dev.workflow.domain;

import org.jspecify.annotations.NullMarked;
