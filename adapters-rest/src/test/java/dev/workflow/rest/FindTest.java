package dev.workflow.rest;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest.BodyPublishers;
import java.util.Locale;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class FindTest extends ServiceTest {
    private String id = "";

    @BeforeEach
    void submitOne() {
        id = submit("{ \"a\" : 1.0 }");
    }

    @Test
    void answersWithTheWorkflowAndItsTag() {
        Reply reply =
                client.get("/workflow/" + id).is(200).has("ETag", "\"1\"").has("Content-Type", "application/json");

        assertThat(reply.text()).startsWith("{\"UUID\":\"" + id + "\",").contains("\"data\":{ \"a\" : 1.0 },");
        assertThat(client.get("/workflow/" + id + "/").text()).isEqualTo(reply.text());
        assertThat(client.get("/workflow/" + id.toUpperCase(Locale.ROOT)).text())
                .isEqualTo(reply.text());
        assertThat(client.get("/workflow/" + id.replace("-", "%2D")).text()).isEqualTo(reply.text());
    }

    @Test
    void headHasTheSameHeaders() {
        Reply get = client.get("/workflow/" + id);

        Reply head = client.head("/workflow/" + id + "/")
                .is(200)
                .has("ETag", "\"1\"")
                .has("Content-Length", Integer.toString(get.body().length));
        assertThat(head.body()).isEmpty();
        client.head("/workflow/" + UNKNOWN).is(404);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"1\"", "W/\"1\"", "\"7\", \"1\"", "*", "\"a,b\", \"1\""})
    void isNotSentAgainToWhoHasIt(String tags) {
        Reply reply =
                client.get("/workflow/" + id, "If-None-Match", tags).is(304).has("ETag", "\"1\"");

        assertThat(reply.body()).isEmpty();
        client.head("/workflow/" + id, "If-None-Match", tags).is(304);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"2\"", "1", "\"1", "\"11\"", "W/\"2\"", "\"\""})
    void isSentToWhoHasSomethingElse(String tags) {
        client.get("/workflow/" + id, "If-None-Match", tags).is(200);
    }

    @Test
    void theTagChangesWithTheWorkflow() {
        client.patch("/workflow/" + id, "{\"status\":\"consumed\"}").is(200).has("ETag", "\"2\"");

        Reply reply =
                client.get("/workflow/" + id, "If-None-Match", "\"1\"").is(200).has("ETag", "\"2\"");
        assertThat(reply.text())
                .contains("\"status\":\"consumed\",", "\"state\":\"consumed\",")
                .containsPattern("\"consumed_at\":\"[0-9-]{10}T[0-9:]{8}\\.\\d{6}Z\"");
    }

    @Test
    void sayThatThereIsNone() {
        client.get("/workflow/" + UNKNOWN).isProblem(404, "unknown-workflow");
        client.get("/workflow/" + UNKNOWN, "If-None-Match", "*").isProblem(404, "unknown-workflow");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1",
                "1-1-1-1-1",
                "01976e6f9a1b7c3d8e4f5a6b7c8d9e0f",
                "01976e6f-9a1b-7c3d-8e4f-5a6b7c8d9e0",
                "01976e6f-9a1b-7c3d-8e4f-5a6b7c8d9e0g",
                "{01976e6f-9a1b-7c3d-8e4f-5a6b7c8d9e0f}",
                "01976e6f-9a1b-7c3d-8e4f-5a6b7c8d9e0f;x",
                "a+b",
                "%zz",
                "%",
                "%00",
                "%FF",
                "ä",
                "..",
                "%2e%2e",
                "null",
                "$%7Bjndi:x%7D",
                "%25301976e6f-9a1b-7c3d-8e4f-5a6b7c8d9e0f"
            })
    void refusesWhatIsNoUuid(String segment) {
        String raw = "GET /workflow/" + segment + " HTTP/1.1\r\nHost: a\r\n\r\n";

        RawConnection.exchange(service, raw)
                .isProblem(400, "invalid-uuid")
                .says("where a UUID such as 0197a0c4-5ee1-7aa2-9d0c-0123456789ab must be.");
    }

    @Test
    void showsWhatIsNoUuid() {
        client.get("/workflow/%C3%A4%22%0A").isProblem(400, "invalid-uuid").says("The path holds ä\\\"\\u000a where");
        String detail = client.get("/workflow/" + "x".repeat(5000))
                .isProblem(400, "invalid-uuid")
                .detail();
        assertThat(detail).contains("xx…xx").hasSizeLessThan(200);
    }

    /** A path that was mistyped, such as that of consume, is what its sender has to mend first. */
    @ParameterizedTest
    @CsvSource({
        "GET,   /workflow/consum?lease=30",
        "PATCH, /workflow/consum?lease=30",
        "GET,   /workflow/consum/csv?lease=30",
        "GET,   /workflow/delivery/consum?lease=30",
        "POST,  /workflow/delivery/consum/ack?lease=30",
    })
    void whatIsNoUuidComesBeforeItsParameters(String method, String target) {
        client.send(method, target, BodyPublishers.noBody())
                .isProblem(400, "invalid-uuid")
                .says("The path holds consum where a UUID");
    }

    @Test
    void knowsNoParameters() {
        client.get("/workflow/" + id + "?a=1")
                .isProblem(400, "invalid-parameter")
                .says("This path takes no query parameters.");
        client.send("DELETE", "/workflow/" + id, BodyPublishers.noBody())
                .isProblem(405, "method-not-allowed")
                .has("Allow", "GET, HEAD, PATCH");
    }
}
