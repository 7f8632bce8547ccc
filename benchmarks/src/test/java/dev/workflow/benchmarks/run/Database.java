package dev.workflow.benchmarks.run;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** One database of the private PostgreSQL. */
record Database(int port, String name) {
    /** As the service and pgbench want it. */
    String uri() {
        return "postgres://postgres@127.0.0.1:" + port + "/" + name;
    }

    private Connection connect() throws SQLException {
        return DriverManager.getConnection("jdbc:postgresql://127.0.0.1:" + port + "/" + name, "postgres", "");
    }

    void run(String... statements) {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        } catch (SQLException e) {
            throw new Broken(e.getMessage(), e);
        }
    }

    /** The number that a query answers; 0 for null. */
    long number(String query) {
        try (Asking asking = asking(query)) {
            return asking.number();
        } catch (SQLException e) {
            throw new Broken(e.getMessage(), e);
        }
    }

    String text(String query) {
        try (Connection connection = connect();
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(query)) {
            result.next();
            return result.getString(1);
        } catch (SQLException e) {
            throw new Broken(e.getMessage(), e);
        }
    }

    /** For a query that is asked again and again. */
    Asking asking(String query) {
        try {
            return new Asking(connect(), query);
        } catch (SQLException e) {
            throw new Broken(e.getMessage(), e);
        }
    }

    record Asking(Connection connection, String query) implements AutoCloseable {
        long number() {
            try (Statement statement = connection.createStatement();
                    ResultSet result = statement.executeQuery(query)) {
                result.next();
                return result.getLong(1);
            } catch (SQLException e) {
                throw new Broken(e.getMessage(), e);
            }
        }

        @Override
        public void close() throws SQLException {
            connection.close();
        }
    }
}
