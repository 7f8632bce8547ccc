package dev.workflow.rest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.workflow.contracts.SettableClock;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The list in other forms than a JSON array. */
final class ListFormTest extends ServiceTest {
    private static final String HEADER = "UUID,status,data,steps,state,created_at,consumed_at,lease_expires_at,"
            + "available_at,dead_at,attempts,last_error,delivery_id\r\n";
    private static final String NDJSON = "application/x-ndjson";
    private static final String CSV = "text/csv";

    @Override
    TestService newService() {
        return TestService.start(new SettableClock(Instant.parse("2026-11-25T10:00:00Z")));
    }

    @BeforeEach
    void empty() {
        startAgain();
    }

    private Reply get(String target, String accept) {
        return client.get(target, "Accept", accept).is(200);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "*/*                                  | application/json",
                "application/json                     | application/json",
                "application/*                        | application/json",
                "text/html,*/*;q=0.1                  | application/json",
                "text/html, *; q=.2, */*; q=.2        | application/json",
                "application/x-ndjson                 | application/x-ndjson",
                "application/x-ndjson, */*            | application/x-ndjson",
                "text/*                               | text/csv; charset=utf-8; header=present",
                "text/csv, application/json;q=0.9     | text/csv; charset=utf-8; header=present",
            })
    void isChosenByAccept(String accept, String type) {
        for (String target : new String[] {"/workflow", "/workflow?limit=5", "/workflow/dead"}) {
            get(target, accept).has("Content-Type", type);
        }
        client.get("/workflow", "Accept", "text/html").isProblem(406, "not-acceptable");
    }

    @Test
    void aLineAWorkflow() {
        String first = client.post(
                        "/workflow", "{\"data\": {\"a b\" : [ 1.0 ,\n\t\"x \\\" y\" ] }, \"steps\": [\"s t\"]}")
                .uuid();
        String second = submit("[ ]");

        String lines = get("/workflow", NDJSON).text();
        assertThat(lines.split("\n", -1)).hasSize(3);
        assertThat(lines)
                .startsWith(
                        "{\"UUID\":\"" + first
                                + "\",\"status\":\"inserted\",\"data\":{\"a b\":[1.0,\"x \\\" y\"]},\"steps\":[\"s t\"],\"state\":")
                .contains("\n{\"UUID\":\"" + second + "\",\"status\":\"inserted\",\"data\":[],")
                .endsWith("\"delivery_id\":null}\n");
        Reply page =
                get("/workflow?limit=1", NDJSON).has("Link", "</workflow?limit=1&after=" + first + ">; rel=\"next\"");
        assertThat(page.text()).isEqualTo(lines.substring(0, lines.indexOf('\n') + 1));
        page.has("Content-Length", Integer.toString(page.body().length));
    }

    @Test
    void aRowAWorkflow() {
        String first = client.post("/workflow", "{\"data\":{\"a\": \"x,y\"},\"steps\":[\"s\",\"t u\"]}")
                .uuid();
        String second = submit("-1.0");
        String delivery = client.get("/workflow/consume?lease=60").is(200).delivery();
        client.post("/workflow/delivery/" + delivery + "/nack", "{\"delay\":60,\"error\":\"=1+1\"}")
                .is(200);

        Reply reply = get("/workflow", CSV).has("Content-Disposition", "attachment; filename=\"workflows.csv\"");
        assertThat(reply.text())
                .isEqualTo(HEADER + first + ",inserted,\"{\"\"a\"\":\"\"x,y\"\"}\",\"[\"\"s\"\",\"\"t u\"\"]\",delayed,"
                        + "2026-11-25T10:00:00.000000Z,,,2026-11-25T10:01:00.000000Z,,1,=1+1," + delivery + "\r\n"
                        + second + ",inserted,-1.0,[],waiting,2026-11-25T10:00:00.000001Z,,,,,0,,\r\n");
        assertThat(get("/workflow?limit=5", CSV).text()).isEqualTo(reply.text());
    }

    @Test
    void whereItWasInTheEnd() {
        submit("1");
        submit("2");
        client.get("/workflow/consume").is(200);
        client.get("/workflow/consume?lease=60").is(200);

        assertThat(get("/workflow?header=false", CSV).text())
                .contains(",consumed,1,[],consumed,2026-11-25T10:00:00.000000Z,2026-11-25T10:00:00.000000Z,,,,0,,")
                .contains(",inserted,2,[],leased,2026-11-25T10:00:00.000001Z,,2026-11-25T10:01:00.000000Z,,,0,,");
    }

    @Test
    void theTableTakesSomeOptions() {
        String id = submit("[1,2]");
        assertThat(get("/workflow?header=false&delimiter=%3B", CSV)
                        .has("Content-Type", "text/csv; charset=utf-8; header=absent")
                        .text())
                .startsWith(id + ";inserted;[1,2];[];waiting;");
        assertThat(get("/workflow?delimiter=-&header=false", CSV).text()).startsWith("\"" + id + "\"-inserted-");
        assertThat(get("/workflow?bom=true", CSV).text()).startsWith("\uFEFF" + HEADER);
        assertThat(get("/workflow?bom=true&limit=1", CSV).text()).startsWith("\uFEFF" + HEADER);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                "=1+1      | =1+1                | '=1+1",
                "@x        | @x                  | '@x",
                "-         | -                   | '-",
                "\\t1      | ^\t1^               | ^'\t1^",
                "a=1       | a=1                 | a=1",
                "a,b       | \"a,b\"             | \"a,b\"",
                "\\\"a\\\" | \"\"\"a\"\"\"       | \"\"\"a\"\"\"",
                "a\\nb     | ^\"a\nb\"^          | ^\"a\nb\"^",
                "\\rb      | ^\"\rb\"^           | ^\"'\rb\"^",
                "\\\\.     | \"\\.\"             | \"\\.\"",
                "          | \"\"                | \"\"",
                "é😀       | é😀                 | é😀",
            })
    void textsAreSpelledAsInAllTables(String error, String cell, String safeCell) {
        submit("1");
        String delivery = client.get("/workflow/consume?lease=60").delivery();
        String json = "{\"error\":\"" + (error == null ? "" : error) + "\",\"delay\":9}";
        client.post("/workflow/delivery/" + delivery + "/nack", json).is(200);

        assertThat(get("/workflow?header=false", CSV).text()).endsWith(",1," + cell + "," + delivery + "\r\n");
        assertThat(get("/workflow?header=false&safe=true", CSV).text())
                .endsWith(",1," + safeCell + "," + delivery + "\r\n");
    }

    @Test
    void nothingIsAHeaderOrNoLine() {
        assertThat(get("/workflow", CSV).text()).isEqualTo(HEADER);
        assertThat(get("/workflow?header=false", CSV).text()).isEmpty();
        assertThat(get("/workflow", NDJSON).text()).isEmpty();
        assertThat(get("/workflow?limit=3", NDJSON).text()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"delimiter=tab", "header=true", "bom=true", "safe=true"})
    void optionsOfTablesMakeNoSenseInJson(String option) {
        for (String accept : new String[] {"application/json", NDJSON, "*/*"}) {
            client.get("/workflow?" + option, "Accept", accept)
                    .isProblem(400, "invalid-parameter")
                    .says(option.replaceAll("=.*", ""));
        }
        get("/workflow?" + option, CSV);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"delimiter=a", "header=no", "columns=UUID", "arrays=json", "with=UUID", "null=x", "separator=-"})
    void otherOptionsAreNotTaken(String option) {
        client.get("/workflow?" + option, "Accept", CSV)
                .isProblem(400, "invalid-parameter")
                .says(option.replaceAll("=.*", ""));
    }

    @Test
    void aLongTableIsWhole() {
        GeneratedRepository repository = new GeneratedRepository(12_345, "{\"a\" : 1.0}");
        try (TestService large = TestService.start(store -> repository);
                Client other = new Client(large)) {
            String table = other.get("/workflow", "Accept", CSV)
                    .is(200)
                    .has("Transfer-Encoding", "chunked")
                    .text();
            assertThat(table.split("\r\n")).hasSize(12_346);
            assertThat(table.split("\"\\{\"\"a\"\":1.0\\}\"", -1)).hasSize(12_346);
            String lines = other.get("/workflow", "Accept", NDJSON).is(200).text();
            assertThat(lines.split("\n")).hasSize(12_345).allMatch(line -> line.startsWith("{\"UUID\":\""));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {NDJSON, CSV})
    void aCutOneNeverLooksWhole(String accept) {
        GeneratedRepository repository = new GeneratedRepository(5_000, "1").failingAt(3_000);
        try (TestService failing = TestService.start(store -> repository);
                RawConnection connection = new RawConnection(failing)) {
            connection.send("GET /workflow HTTP/1.1\r\nHost: a\r\nAccept: " + accept + "\r\n\r\n");
            String answer = new String(connection.rest(), StandardCharsets.US_ASCII);

            assertThat(answer).startsWith("HTTP/1.1 200 OK\r\n").doesNotContain("\r\n0\r\n");
        }
    }

    @Test
    void eachHasAHead() {
        submit("1");
        for (String accept : new String[] {NDJSON, CSV}) {
            Reply page = get("/workflow?limit=1", accept);
            Reply head = client.head("/workflow?limit=1", "Accept", accept).is(200);
            assertThat(head.body()).isEmpty();
            assertThat(head.header("Content-Length")).isEqualTo(page.header("Content-Length"));
            assertThat(client.head("/workflow", "Accept", accept).is(200).header("Content-Type"))
                    .isEqualTo(page.header("Content-Type"));
        }
    }
}
