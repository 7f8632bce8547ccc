/**
 * Every SQL statement and every transaction. {@link dev.workflow.postgres.PostgresStore} is the entry and says which class is
 * which port. Below it are a package each for workflows and deliveries, with a class for each thing that they do, for idempotency
 * keys, for upkeep, and for the server and the values that all of them use. Statements stand beside the methods that run them.
 * May use the domain, JDBC and micronaut-data's connections and transactions.
 */
@NullMarked
package dev.workflow.postgres;

import org.jspecify.annotations.NullMarked;
