package dev.workflow.rest;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest.BodyPublishers;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ChangeTest extends ServiceTest {
    private static final String CONSUMED = "{\"status\":\"consumed\"}";
    private static final String INSERTED = "{\"status\":\"inserted\"}";

    private String target = "";

    @BeforeEach
    void submitOne() {
        target = "/workflow/" + submit("{\"a\": 1}");
    }

    private void isUnchanged() {
        client.get(target).is(200).has("ETag", "\"1\"").says("\"status\":\"inserted\"");
    }

    @Test
    void takesOutAndPutsBack() {
        client.patch(target, CONSUMED)
                .is(200)
                .has("ETag", "\"2\"")
                .says("\"status\":\"consumed\"", "\"data\":{\"a\": 1}");
        client.patch(target + "/", INSERTED).is(200).has("ETag", "\"3\"").says("\"state\":\"waiting\"");
    }

    @Test
    void theSameStatusChangesNothing() {
        client.patch(target, INSERTED).is(200).has("ETag", "\"1\"");
        client.patch(target, INSERTED).is(200).has("ETag", "\"1\"");
        isUnchanged();
    }

    @Test
    void mergePatchIsTakenToo() {
        client.send(
                        "PATCH",
                        target,
                        BodyPublishers.ofString(CONSUMED),
                        "Content-Type",
                        "application/merge-patch+json; charset=UTF-8")
                .is(200);
        client.send("POST", "/workflow", BodyPublishers.ofString("{}"), "Content-Type", "application/merge-patch+json")
                .isProblem(415, "unsupported-media-type");
    }

    @Test
    void aWorkflowSentBackAsItWasReadIsRefusedForItsDataOnly() {
        String asRead = client.get(target).text();

        client.patch(target, asRead)
                .isProblem(400, "invalid-field")
                .says("\"pointer\":\"#/data\"", "\"pointer\":\"#/steps\"");
        String withoutData =
                asRead.replace("\"data\":{\"a\": 1},\"steps\":[],", "").replace("inserted", "consumed");
        client.patch(target, withoutData).is(200).says("\"status\":\"consumed\"");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                "{}                                          | #/status",
                "{\"status\":null}                           | #/status",
                "{\"status\":\"Consumed\"}                   | #/status",
                "{\"status\":\"leased\"}                     | #/status",
                "{\"status\":[[\"consumed\"]]}               | #/status",
                "{\"status\":\"consumed\",\"status\":\"consumed\"} | #/status",
                "{\"status\":\"consumed\",\"data\":1}        | #/data",
                "{\"status\":\"consumed\",\"steps\":[]}      | #/steps",
                "{\"status\":\"consumed\",\"x\":[{\"y\":1}]} | #/x",
                "{\"status\":\"consumed\",\"UUID\":1,\"UUID\":1} | #/UUID",
                "[{\"status\":\"consumed\"}]                 | #",
                "\"consumed\"                                | #",
                "null                                        | #",
            })
    void refusesWhatBreaksARule(String body, String pointer) {
        client.patch(target, body)
                .isProblem(400, "invalid-field")
                .says("\"errors\":[{\"pointer\":\"" + pointer + "\",");
        isUnchanged();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "{\"status\":\"consumed\"", "{\"status\":\"consumed\"}x", "status=consumed"})
    void refusesWhatIsNotJson(String body) {
        client.patch(target, body).isProblem(400, "malformed-json");
        isUnchanged();
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"1\"", "*", "\"9\", \"1\"", "W/\"9\",\"1\"", " \"1\" , \"x\" "})
    void goesOnWhenTheVersionIsTheOneThatWasSeen(String ifMatch) {
        client.patch(target, CONSUMED, "If-Match", ifMatch).is(200).has("ETag", "\"2\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"2\"", "W/\"1\"", "\"01\"", "1", "\"abc\"", "\"\"", "\"99999999999999999999\"", "\"1"})
    void stopsWhenItIsNot(String ifMatch) {
        client.patch(target, CONSUMED, "If-Match", ifMatch)
                .isProblem(412, "precondition-failed")
                .says("GET it for its ETag");
        client.patch(target, INSERTED, "If-Match", ifMatch).isProblem(412, "precondition-failed");
        isUnchanged();
    }

    @Test
    void severalIfMatchLinesAreOneList() {
        client.patch(target, CONSUMED, "If-Match", "\"7\"", "If-Match", "\"1\"").is(200);
    }

    @Test
    void refusesWhatDoesNotExist() {
        client.patch("/workflow/" + UNKNOWN, CONSUMED).isProblem(404, "unknown-workflow");
        client.patch("/workflow/" + UNKNOWN, CONSUMED, "If-Match", "*").isProblem(404, "unknown-workflow");
        client.patch("/workflow/nobody", CONSUMED).isProblem(400, "invalid-uuid");
    }

    @Test
    void knowsNoParameters() {
        client.patch(target + "?a=1", CONSUMED).isProblem(400, "invalid-parameter");
        isUnchanged();
    }

    @Test
    void aLeaseEndsWithoutASettlementAndItsWorkflowsBelongToNoDelivery() {
        startAgain();
        String id = submit("1");
        String delivery = client.get("/workflow/consume?lease=60").delivery();

        client.patch("/workflow/" + id, INSERTED).is(200).says("\"state\":\"leased\"");
        client.patch("/workflow/" + id, CONSUMED).is(200).says("\"state\":\"consumed\"", "\"lease_expires_at\":null");

        client.post("/workflow/delivery/" + delivery + "/ack").isProblem(409, "already-settled");
        client.get("/workflow/consume").is(204);
    }

    @Test
    void consumedMeansOutOfTheQueue() {
        startAgain();
        String first = submit("1");
        String second = submit("2");
        client.patch("/workflow/" + first, CONSUMED).is(200);

        client.get("/workflow/consume").is(200).has("Workflow-UUID", second);
        client.get("/workflow/consume").is(204);

        client.patch("/workflow/" + first, INSERTED).is(200);
        client.get("/workflow/consume").is(200).has("Workflow-UUID", first);
        assertThat(client.get("/workflow/" + first).text()).contains("\"state\":\"consumed\"");
    }
}
