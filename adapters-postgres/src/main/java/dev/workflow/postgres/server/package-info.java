/**
 * The server: how it is reached, what it must be, and how each transaction on it ended. What an SQLSTATE or a lost connection
 * means is settled here, so that others see faults of the domain only. The changelog makes the tables; nothing else here knows them.
 */
@NullMarked
package dev.workflow.postgres.server;

import org.jspecify.annotations.NullMarked;
