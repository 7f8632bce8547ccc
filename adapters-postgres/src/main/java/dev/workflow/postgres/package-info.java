/**
 * Every SQL statement and every transaction. {@link dev.workflow.postgres.PostgresStore} is the entry and says which class is
 * which port; those of workflows and deliveries have a class for each thing that they do. Statements stand beside the methods that
 * run them. What an SQLSTATE or a lost connection means is settled here, so that others see faults of the domain only. May use
 * the domain, JDBC and micronaut-data's connections and transactions.
 */
@NullMarked
package dev.workflow.postgres;

import org.jspecify.annotations.NullMarked;
