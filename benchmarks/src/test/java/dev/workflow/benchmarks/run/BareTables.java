package dev.workflow.benchmarks.run;

import java.nio.file.Path;

/** The tables that a service without an API would have, and the statements that pgbench runs on them. */
final class BareTables {
    private static final String DATA = """
            {"name": "Ada Lovelace", "age": 36, "address": {"city": "London", "zip": "NW1"}}""";

    private BareTables() {}

    static void create(Database database) {
        database.run(
                "CREATE TABLE bare (id uuid PRIMARY KEY DEFAULT uuidv7(), data jsonb NOT NULL, steps text[] NOT NULL)",
                """
                CREATE TABLE wide (id bigint PRIMARY KEY, data jsonb NOT NULL, steps text[] NOT NULL, status text NOT NULL,
                    created_at timestamptz NOT NULL, consumed_at timestamptz, attempts integer NOT NULL)
                """,
                "CREATE SEQUENCE turn");
    }

    static Path insert(Sandbox sandbox) {
        return sandbox.write(
                "insert.sql", "INSERT INTO bare (data, steps) VALUES ('" + DATA + "', '{validate,send}');\n");
    }

    static Path insertMany(Sandbox sandbox, int rows) {
        return sandbox.write(
                "insert-many.sql",
                "INSERT INTO bare (data, steps) SELECT '" + DATA + "', '{validate,send}' FROM generate_series(1, "
                        + rows + ");\n");
    }

    /** Each row is updated once, in the order of its id, by whoever comes next. */
    static Path update(Sandbox sandbox) {
        return sandbox.write("update.sql", """
                UPDATE wide SET status = 'consumed', consumed_at = now()
                WHERE id = (SELECT nextval('turn')) AND status = 'inserted' RETURNING data;
                """);
    }

    static void fillWide(Database database, long rows) {
        database.run(
                "TRUNCATE wide",
                "INSERT INTO wide SELECT i, '" + DATA
                        + "', '{validate,send}', 'inserted', now(), NULL, 0 FROM generate_series(1, " + rows + ") AS i",
                "ALTER SEQUENCE turn RESTART",
                "VACUUM ANALYZE wide");
    }

    /** How many have had their turn. */
    static long updated(Database database) {
        return database.number("SELECT count(*) FROM wide WHERE status = 'consumed'");
    }
}
