package dev.workflow.postgres.server;

import dev.workflow.domain.Fault;
import io.micronaut.data.connection.ConnectionDefinition;
import io.micronaut.data.connection.ConnectionStatus;
import io.micronaut.data.connection.support.AbstractConnectionOperations;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;

/** Micronaut Data's view of a pool. */
final class PooledConnections extends AbstractConnectionOperations<Connection> {
    private static final System.Logger LOG = System.getLogger(PooledConnections.class.getName());

    private final DataSource pool;

    PooledConnections(DataSource pool) {
        this.pool = pool;
    }

    @Override
    protected Connection openConnection(ConnectionDefinition definition) {
        try {
            return pool.getConnection();
        } catch (SQLException e) {
            throw Fault.Unavailable.database("There is no connection to the database.", e);
        }
    }

    /** The pool has set it up. */
    @Override
    protected void setupConnection(ConnectionStatus<Connection> status) {}

    @Override
    protected void closeConnection(ConnectionStatus<Connection> status) {
        try {
            status.getConnection().close();
        } catch (SQLException e) {
            LOG.log(System.Logger.Level.DEBUG, "A connection that was given back was broken.", e);
        }
    }
}
