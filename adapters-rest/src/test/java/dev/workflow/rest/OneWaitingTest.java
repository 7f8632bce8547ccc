package dev.workflow.rest;

import java.net.http.HttpRequest.BodyPublishers;
import org.junit.jupiter.api.BeforeEach;

/** One workflow waits in the queue. */
abstract class OneWaitingTest extends ServiceTest {
    String id = "";

    @BeforeEach
    void submitOne() {
        startAgain();
        id = submit("{\"a\":1.0,\"b\":\"x\"}");
    }

    Reply postConsume(String target, String... headers) {
        return client.send("POST", target, BodyPublishers.noBody(), headers);
    }

    void isStillThere() {
        client.get("/workflow/" + id).says("\"state\":\"waiting\"");
        client.get(CONSUME).is(200).has("Workflow-UUID", id);
    }
}
