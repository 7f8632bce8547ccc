/**
 * What is measured in one JVM, and what it is compared with: {@code benchmarks/csv.sh} and {@code benchmarks/body.sh}. In the build
 * only the tests run that all who are compared do the same. The whole service is measured by {@code benchmarks/run}, in the
 * package below. May use everything; nothing may use it.
 */
@NullMarked
package dev.workflow.benchmarks;

import org.jspecify.annotations.NullMarked;
