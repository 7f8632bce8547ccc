package dev.workflow.rest;

import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/** Tests of one service over HTTP, which all tests of a class share. */
@TestInstance(Lifecycle.PER_CLASS)
abstract class ServiceTest {
    static final String CONSUME = "/workflow/consume";
    static final String UNKNOWN = "01976e6f-9a1b-7c3d-8e4f-5a6b7c8d9e0f";

    TestService service;
    Client client;

    @BeforeAll
    final void start() {
        service = newService();
        client = new Client(service);
    }

    TestService newService() {
        return TestService.start(Map.of());
    }

    @AfterAll
    final void stop() {
        client.close();
        service.close();
    }

    /** For tests that need a service without a past. */
    final void startAgain() {
        stop();
        start();
    }

    /** Stores a workflow and answers with its id. */
    final String submit(String data) {
        return client.post("/workflow", "{\"data\":" + data + "}").is(201).uuid();
    }
}
