/** Servers for tests: started by them on free ports and in temporary folders, one for each test run, and stopped with it. */
@NullMarked
package dev.workflow.contracts.servers;

import org.jspecify.annotations.NullMarked;
