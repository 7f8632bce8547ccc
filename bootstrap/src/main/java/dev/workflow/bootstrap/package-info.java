/**
 * Starts and wires everything; sees every room. From {@link dev.workflow.bootstrap.Main} on: {@link dev.workflow.bootstrap.Settings}
 * reads the environment, {@link dev.workflow.bootstrap.Launch} starts a {@link dev.workflow.bootstrap.Service}, and
 * {@link dev.workflow.bootstrap.Wiring} gives everyone what they need. The PostgreSQL that comes along is an
 * {@link dev.workflow.bootstrap.EmbeddedDatabase}.
 */
@NullMarked
package dev.workflow.bootstrap;

import org.jspecify.annotations.NullMarked;
