package dev.workflow.rest;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest.BodyPublishers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class CsvTest extends ServiceTest {
    private static final String PREVIEW = "/workflow/csv/preview";
    private static final String ARRAY_OF_400 = "[" + "0,".repeat(399) + "0]";

    @Test
    void showsTheDataOfAWorkflowAndTakesNothing() {
        String id = submit("[{\"a\":1.0},{\"b\":\"x\"}]");

        Reply reply = client.get("/workflow/" + id + "/csv")
                .is(200)
                .has("Content-Type", "text/csv; charset=utf-8; header=present")
                .has("Content-Disposition", "attachment; filename=\"workflow-" + id + ".csv\"");
        assertThat(reply.text()).isEqualTo("a,b\r\n1.0,\r\n,x\r\n");
        assertThat(client.get("/workflow/" + id + "/csv/").text()).isEqualTo(reply.text());
        client.get("/workflow/" + id).has("ETag", "\"1\"").says("\"state\":\"waiting\"");
        client.head("/workflow/" + id + "/csv").is(200).has("Content-Length", "15");
    }

    @Test
    void takesOptions() {
        String id = submit("{\"a\":{\"b\":[1,2]}}");

        String target = "/workflow/" + id + "/csv?delimiter=tab&arrays=index&separator=_&header=false&with=attempt";
        Reply reply = client.get(target).is(200).has("Content-Type", "text/csv; charset=utf-8; header=absent");
        assertThat(reply.text()).isEqualTo("1\t1\t2\r\n");
        client.get("/workflow/" + id + "/csv?columns=x").has("Workflow-Columns-Omitted", "1");
    }

    @Test
    void refusesWhatItDoesNotKnow() {
        String csv = "/workflow/" + submit("1") + "/csv";

        client.get(csv + "?delimiter=a").isProblem(400, "invalid-parameter").says("delimiter");
        client.get(csv + "?max=1").isProblem(400, "invalid-parameter").says("max");
        client.get(csv + "?header=true&header=true")
                .isProblem(400, "invalid-parameter")
                .says("header");
        client.get("/workflow/" + UNKNOWN + "/csv").isProblem(404, "unknown-workflow");
        client.get("/workflow/consume/csv").isProblem(400, "invalid-uuid");
        client.send("DELETE", csv, BodyPublishers.noBody())
                .isProblem(405, "method-not-allowed")
                .has("Allow", "GET, HEAD");
    }

    @Test
    void aTableTooLargeIsRefused() {
        String data = "{\"a\":" + ARRAY_OF_400 + ",\"b\":" + ARRAY_OF_400 + "}";

        client.get("/workflow/" + submit(data) + "/csv?arrays=unwind").isProblem(400, "csv-too-large");
        client.post(PREVIEW + "?arrays=unwind", data)
                .isProblem(400, "csv-too-large")
                .says("unwind=", "arrays=json");
        client.post(PREVIEW, data).is(200);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                " {\"a\": 1.0}  | a#1.0#",
                "1e2            | value#1e2#",
                "\"x\"          | value#x#",
                "[]             | ^^",
                "[1,2]          | value#1#2#",
            })
    void previewsAnyJson(String json, String lines) {
        Reply reply = client.post(PREVIEW, json)
                .is(200)
                .has("Content-Type", "text/csv; charset=utf-8; header=present")
                .has("Content-Disposition", "attachment; filename=\"preview.csv\"");

        assertThat(reply.text()).isEqualTo(lines.replace("#", "\r\n"));
    }

    @Test
    void previewsNullToo() {
        client.post(PREVIEW, "null").is(200);
        client.post(PREVIEW + "/?header=false", "null").is(200);
    }

    @Test
    void previewStoresNothing() {
        startAgain();
        client.post(PREVIEW, "{\"data\":1}").is(200);

        assertThat(client.get("/workflow").text()).isEqualTo("[]");
        client.get("/workflow/consume").is(204);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"\\u0000\"", "\"\\ud800\"", "1e131072", "{\"a\":[1e-16384]}"})
    void previewRefusesWhatTheDatabaseCannotHold(String json) {
        client.post(PREVIEW, json).isProblem(400, "unstorable-json").says("\"errors\":[{\"pointer\":\"#");
    }

    @Test
    void previewRefusesWhatPostRefuses() {
        client.post(PREVIEW, "").isProblem(400, "malformed-json");
        client.post(PREVIEW, "{").isProblem(400, "malformed-json");
        client.post(PREVIEW, "1 2").isProblem(400, "malformed-json");
        client.post(PREVIEW, "[".repeat(501) + "]".repeat(501)).isProblem(400, "unstorable-json");
        client.send("POST", PREVIEW, BodyPublishers.ofString("1"), "Content-Type", "text/plain")
                .isProblem(415, "unsupported-media-type");
        client.post(PREVIEW + "?with=UUID", "1")
                .isProblem(400, "invalid-parameter")
                .says("with");
        client.post(PREVIEW + "?delimiter=a", "1")
                .isProblem(400, "invalid-parameter")
                .says("delimiter");
        client.get(PREVIEW).isProblem(405, "method-not-allowed").has("Allow", "POST");
        client.head(PREVIEW).is(405).has("Allow", "POST");
    }

    /** Fewer columns leave as many rows. */
    @Test
    void whatIsTooLargeSaysWhatWouldHelp() {
        String product = "{\"a\":" + ARRAY_OF_400 + ",\"b\":" + ARRAY_OF_400 + ",\"c\":1}";
        String rows = client.post(PREVIEW + "?arrays=unwind&columns=c", product)
                .isProblem(400, "csv-too-large")
                .detail();
        assertThat(rows)
                .isEqualTo("The table would have more than 100,000 rows from unwinding. "
                        + "Choose one array with unwind=, or arrays=json.");

        String wide = "[{\"c\":" + ARRAY_OF_400 + "}" + ",{}".repeat(13_000) + "]";
        String cells = client.post(PREVIEW + "?arrays=index", wide)
                .isProblem(400, "csv-too-large")
                .detail();
        assertThat(cells)
                .isEqualTo("The table would have more than 5,000,000 cells. "
                        + "Choose fewer columns with columns=, or arrays=json.");
    }
}
