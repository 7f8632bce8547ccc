/**
 * Every SQL statement and every transaction. {@link dev.workflow.postgres.PostgresStore} is the entry and says which class is
 * which port; workflows and deliveries have a package each, with a class for each thing that they do. Statements stand beside the
 * methods that run them. May use the domain, JDBC and micronaut-data's connections and transactions.
 */
@NullMarked
package dev.workflow.postgres;

import org.jspecify.annotations.NullMarked;
