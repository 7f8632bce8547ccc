/**
 * What is measured, and what it is compared with. {@code benchmarks/csv.sh} runs it; in the build only the test runs that all
 * who are compared write the same table. May use everything; nothing may use it.
 */
@NullMarked
package dev.workflow.benchmarks;

import org.jspecify.annotations.NullMarked;
