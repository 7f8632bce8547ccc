package dev.workflow.rest;

import dev.workflow.domain.Workflow;
import dev.workflow.rest.json.WorkflowJson;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MutableHttpResponse;

/** Answers that more than one controller gives. */
public final class Answers {
    public static final String JSON = "application/json";

    private Answers() {}

    /** The length is set since answers to HEAD carry it too, without the body. */
    public static MutableHttpResponse<byte[]> bytes(HttpStatus status, String contentType, byte[] body) {
        return HttpResponse.<byte[]>status(status)
                .header("Content-Type", contentType)
                .header("Content-Length", Integer.toString(body.length))
                .body(body);
    }

    public static MutableHttpResponse<byte[]> json(HttpStatus status, byte[] body) {
        return bytes(status, JSON, body);
    }

    /** A workflow with its entity tag. */
    public static MutableHttpResponse<byte[]> workflow(HttpStatus status, Workflow workflow) {
        return json(status, WorkflowJson.of(workflow))
                .header("ETag", EntityTags.of(workflow.history().version()));
    }
}
