package dev.workflow.rest;

import java.net.http.HttpRequest.BodyPublishers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class MediaTypeTest extends ServiceTest {
    private static final String WORKFLOW = "{\"data\":1}";

    private Reply post(String... headers) {
        return client.send("POST", "/workflow", BodyPublishers.ofString(WORKFLOW), headers);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "application/json",
                "Application/JSON",
                "application/json;charset=utf-8",
                "application/json; charset=UTF-8",
                "application/json ; charset=\"utf-8\"",
                "application/json; charset = utf-8",
                "application/json; profile=\"a;charset=x\"; charset=utf-8",
                "application/json;"
            })
    void takesJsonInUtf8(String type) {
        post("Content-Type", type).is(201);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "text/plain",
                "text/json",
                "application/x-www-form-urlencoded",
                "multipart/form-data; boundary=x",
                "application/xml",
                "application/problem+json",
                "application/merge-patch+json",
                "application/jsonp",
                "application/json; charset=iso-8859-1",
                "application/json; charset=utf-16",
                "application/json; charset =latin1",
                "application/json; charset=utf-8; charset=latin1",
                "*/*",
                "garbage",
                "application",
                "/",
                ";"
            })
    void refusesOtherTypes(String type) {
        post("Content-Type", type)
                .isProblem(415, "unsupported-media-type")
                .says("Send Content-Type: application/json.");
        client.send("PATCH", "/workflow/" + UNKNOWN, BodyPublishers.ofString("{}"), "Content-Type", "text/plain")
                .isProblem(415, "unsupported-media-type")
                .says("Send Content-Type: application/json or application/merge-patch+json.");
    }

    @Test
    void refusesABodyWithoutAType() {
        post().isProblem(415, "unsupported-media-type")
                .says("no Content-Type.", "Send Content-Type: application/json.");
        post("Content-Type", "").isProblem(415, "unsupported-media-type");
        post("Content-Type", "application/json", "Content-Type", "application/json")
                .isProblem(415, "unsupported-media-type");
    }

    @ParameterizedTest
    @ValueSource(strings = {"gzip", "deflate", "br", "zstd", "identity", "x"})
    void refusesEncodings(String encoding) {
        post("Content-Type", "application/json", "Content-Encoding", encoding)
                .isProblem(415, "unsupported-media-type")
                .says("has a Content-Encoding", "without one");
    }

    @Test
    void anEmptyBodyIsNoJsonWhateverItsType() {
        client.send("POST", "/workflow", BodyPublishers.noBody()).isProblem(400, "malformed-json");
        client.send("POST", "/workflow", BodyPublishers.noBody(), "Content-Type", "text/plain")
                .isProblem(400, "malformed-json");
        client.send("PATCH", "/workflow/" + UNKNOWN, BodyPublishers.noBody()).isProblem(400, "malformed-json");
        client.send("POST", "/workflow/csv/preview", BodyPublishers.noBody()).isProblem(400, "malformed-json");
    }

    @Test
    void answersAreNeverCompressed() {
        post("Content-Type", "application/json", "Accept-Encoding", "gzip")
                .is(201)
                .hasNo("Content-Encoding");
        client.get("/workflow", "Accept-Encoding", "gzip, deflate, br").is(200).hasNo("Content-Encoding");
    }
}
