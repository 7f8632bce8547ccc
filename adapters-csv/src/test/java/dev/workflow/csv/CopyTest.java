package dev.workflow.csv;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import dev.workflow.contracts.servers.Postgres;
import dev.workflow.domain.csv.CsvDialect;
import dev.workflow.domain.csv.CsvOptions;
import dev.workflow.domain.csv.CsvShape;
import java.io.IOException;
import java.io.StringReader;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.postgresql.PGConnection;

/** PostgreSQL's COPY finds every value of every row, and tells null from an empty text. */
class CopyTest {
    private static Connection database;

    @BeforeAll
    static void connect() throws SQLException {
        database = DriverManager.getConnection(Postgres.emptyDatabase());
    }

    @AfterAll
    static void disconnect() throws SQLException {
        database.close();
    }

    @Test
    void random_documents() throws Exception {
        for (int seed = 0; seed < 200; seed++) {
            check(new RandomJson(seed).document(), CsvOptions.DEFAULT);
        }
    }

    @Test
    void another_delimiter() throws Exception {
        CsvDialect tabs = new CsvDialect('\t', true, false, null, false);
        for (int seed = 200; seed < 250; seed++) {
            check(new RandomJson(seed).document(), new CsvOptions(CsvShape.DEFAULT, tabs, List.of()));
        }
    }

    @Test
    void what_readers_lose_rows_over() throws Exception {
        check("[\"\\\\.\",null,\"\",\"x\"]", CsvOptions.DEFAULT);
        check("[{\"a\":\"\\\\.\"},{\"a\":1},{},{\"a\":null}]", CsvOptions.DEFAULT);
        check("[{\"a\":\"\\\\.\",\"b\":\"\\\\.\"},{\"b\":1}]", CsvOptions.DEFAULT);
        check("[{\"\\\\.\":1},{\"\\\\.\":2}]", CsvOptions.DEFAULT);
        check("[{\".\":1},{\".\":2}]", CsvOptions.DEFAULT);
        check("[\"a\\nb\",\"\\n\",\"\\r\",\"\\r\\n\\\\.\\r\\n\"]", CsvOptions.DEFAULT);
    }

    private static void check(String document, CsvOptions options) throws SQLException, IOException {
        ModelCsv model = new ModelCsv(options, List.of(document));
        if (!model.header().isEmpty()) {
            assertThat(copied(
                            Render.csv(document, options),
                            options,
                            model.header().size()))
                    .as(document)
                    .isEqualTo(model.values());
        }
    }

    private static List<List<@Nullable String>> copied(String csv, CsvOptions options, int width)
            throws SQLException, IOException {
        String columns = IntStream.range(0, width).mapToObj(i -> "c" + i).collect(joining(", "));
        try (Statement statement = database.createStatement()) {
            statement.execute("DROP TABLE IF EXISTS copied");
            statement.execute(
                    "CREATE TEMP TABLE copied (line serial, " + columns.replaceAll("(c\\d+)", "$1 text") + ")");
            String copy = "COPY copied (" + columns + ") FROM STDIN (FORMAT csv, HEADER, DELIMITER '"
                    + options.dialect().delimiter() + "')";
            database.unwrap(PGConnection.class).getCopyAPI().copyIn(copy, new StringReader(csv));
            try (ResultSet rows = statement.executeQuery("SELECT " + columns + " FROM copied ORDER BY line")) {
                return values(rows, width);
            }
        }
    }

    private static List<List<@Nullable String>> values(ResultSet rows, int width) throws SQLException {
        List<List<@Nullable String>> all = new ArrayList<>();
        while (rows.next()) {
            List<@Nullable String> values = new ArrayList<>();
            for (int i = 1; i <= width; i++) {
                values.add(rows.getString(i));
            }
            all.add(values);
        }
        return all;
    }
}
