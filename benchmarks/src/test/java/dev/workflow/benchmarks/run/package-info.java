/**
 * The benchmark of the whole service: {@code benchmarks/run}. {@link dev.workflow.benchmarks.run.Rows} declares what is
 * measured; a {@link dev.workflow.benchmarks.run.Bench} has the private servers for it. Load comes from wrk and pgbench.
 */
@NullMarked
package dev.workflow.benchmarks.run;

import org.jspecify.annotations.NullMarked;
