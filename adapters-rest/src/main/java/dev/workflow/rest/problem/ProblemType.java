package dev.workflow.rest.problem;

import java.util.Locale;
import java.util.Optional;

/** The kinds of problem that clients tell apart by the {@code type} of an answer. */
public enum ProblemType {
    MALFORMED_JSON(400, "The body is not valid JSON", """
            The body is not JSON as RFC 8259 defines it, encoded as UTF-8 without a byte order mark. The detail says where
            that shows: at or shortly before which byte, or that the body is empty or ends too early. Nothing was stored or
            changed."""),
    INVALID_FIELD(400, "The body breaks a rule", """
            The body is JSON, but a member is missing, unknown, given twice, or has a value that it cannot have. "errors"
            names each of them by a JSON pointer. Nothing was stored or changed."""),
    INVALID_UUID(400, "Not a UUID", """
            The path names a workflow or a delivery by something that is not a UUID such as
            0197a0c4-5ee1-7aa2-9d0c-0123456789ab."""),
    INVALID_PARAMETER(400, "A parameter is not valid", """
            A query parameter or a request header is unknown here, is given twice, or has a value that it cannot have. The
            detail names it. Nothing was taken from the queue."""),
    UNSTORABLE_JSON(400, "The database cannot hold this JSON", """
            PostgreSQL cannot hold the character U+0000, half of a surrogate pair, a number beyond the range of its numeric
            type, or data nested deeper than 500 levels. "errors" says which and where. Nothing was stored."""),
    CSV_TOO_LARGE(400, "The CSV would be too large", """
            With these options the table would have more than 100,000 unwound rows, more than 5,000,000 cells, or more than
            64 MiB. Choose arrays=json, against rows unwind= with one array, against cells and long texts fewer columns;
            header=false leaves long names out."""),
    MALFORMED_REQUEST(400, "Not a valid HTTP request", """
            The request line, a header or the framing of the body is not valid HTTP/1.1. The connection is closed."""),
    UNAUTHORIZED(401, "No valid key", """
            The request has no key, one that is not known here, or two different ones. Send one, as "Authorization: Bearer <key>" or
            as "X-API-Key: <key>". Nothing was done."""),
    FORBIDDEN(403, "Not allowed", """
            The request is not for this client: its key has another role, or a page of another site sent it through its
            visitor's browser. Nothing was done."""),
    UNKNOWN_WORKFLOW(404, "No such workflow", """
            There is no workflow with this UUID: it was never stored, or was removed when its time was over."""),
    UNKNOWN_DELIVERY(404, "No such delivery", """
            There is no delivery with this id. A delivery is known until the last of its workflows is removed for good."""),
    UNKNOWN_PATH(404, "No such path", """
            There is nothing at this path. /openapi.yml describes all that there is."""),
    METHOD_NOT_ALLOWED(405, "Method not allowed", """
            This path does not know the method. The header Allow lists those that it knows."""),
    NOT_ACCEPTABLE(406, "No acceptable form", """
            The header Accept names no form in which this can be answered; the detail names those that there are. Nothing was taken from the queue."""),
    REQUEST_TIMEOUT(408, "The request came too slowly", """
            The head or the body of the request was not complete in time, counted from its first byte; the detail says how
            long that is. Nothing was stored or changed. The connection is closed."""),
    LEASE_EXPIRED(409, "The lease is over", """
            The lease ended before anything was said of the delivery, so its workflows went back to the queue, or to the dead
            letters. What was done with them may be done again by another consumer."""),
    ALREADY_SETTLED(409, "The delivery is settled", """
            Something else was said of the delivery before, or none of its workflows belongs to it any more. GET
            /workflow/delivery/{id} tells how it stands in Workflow-Delivery-State."""),
    NOT_LEASED(409, "The delivery has no lease", """
            The workflows were consumed without a lease, which is final: there is nothing to acknowledge, refuse or extend."""),
    REQUEST_IN_PROGRESS(409, "The first request is under way", """
            Another request with the same Idempotency-Key is being served and was not done in time, or has taken the place of
            this one, which waited for an arrival. Nothing was done for this request. Ask again after the seconds that
            Retry-After names."""),
    PRECONDITION_FAILED(412, "The workflow has changed", """
            The workflow has another version than those that If-Match names. Nothing was changed; read it again."""),
    PAYLOAD_TOO_LARGE(413, "The body is too large", """
            A body may have at most 1,048,576 bytes, an array of workflows too. Nothing was stored."""),
    URI_TOO_LONG(414, "The request line is too long", """
            The request line is longer than this server reads; the detail says how long it may be. The connection is closed."""),
    UNSUPPORTED_MEDIA_TYPE(415, "The body has an unsupported type", """
            A body must be application/json in UTF-8, say so in its Content-Type, and have no Content-Encoding. Nothing was
            stored or changed."""),
    IDEMPOTENCY_KEY_REUSED(422, "The key belongs to another request", """
            The Idempotency-Key was used before with another method, path, query, Accept or body. Nothing was done. A new
            request needs a new key."""),
    RATE_LIMITED(429, "Too many requests", """
            The client sent more requests than it may. Nothing was done. Ask again after the seconds that Retry-After
            names."""),
    HEADERS_TOO_LARGE(431, "The headers are too large", """
            The headers together are larger than this server reads; the detail says how large they may be. The connection is closed."""),
    INTERNAL_ERROR(500, "Internal error", """
            Something went wrong here, and it is not known whether the request had an effect. The X-Request-Id of the answer
            finds the cause in the log."""),
    UNAVAILABLE(503, "Not available now", """
            The database or the broker is away, or the request must not be served now. Certainly nothing was done. Ask again
            after the seconds that Retry-After names."""),
    OVERLOADED(503, "Too many requests wait", """
            More requests wait than can be served in time, or large answers that are being made or read take all the memory
            that there is for them. Certainly nothing was done. Ask again after the seconds that Retry-After names."""),
    DRAINING(503, "This instance is stopping", """
            This instance is about to stop. Certainly nothing was done. Ask again after the seconds that Retry-After names;
            another instance may answer."""),
    OUTCOME_UNKNOWN(503, "The outcome is not known", """
            The database went away in the middle of a commit and could not be asked, or did not answer in time: the request was
            done, or it was not.
            Send it again with the same Idempotency-Key: then it is done once, whatever happened.""");

    private final int status;
    private final String title;
    private final String explanation;

    ProblemType(int status, String title, String explanation) {
        this.status = status;
        this.title = title;
        this.explanation = explanation;
    }

    /** The last segment of the type's URI. */
    public String slug() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    public int status() {
        return status;
    }

    public String title() {
        return title;
    }

    /** What the page behind the type's URI says. */
    public String explanation() {
        return explanation;
    }

    /** Whether the request certainly had no effect and is worth another try soon. */
    boolean retry() {
        return switch (this) {
            case UNAVAILABLE, OVERLOADED, DRAINING, REQUEST_IN_PROGRESS, RATE_LIMITED -> true;
            default -> false;
        };
    }

    /** Whether the connection is of no use afterwards. */
    boolean closes() {
        return switch (this) {
            case MALFORMED_REQUEST, REQUEST_TIMEOUT, URI_TOO_LONG, HEADERS_TOO_LARGE -> true;
            default -> false;
        };
    }

    public static Optional<ProblemType> ofSlug(String slug) {
        for (ProblemType type : values()) {
            if (type.slug().equals(slug)) {
                return Optional.of(type);
            }
        }
        return Optional.empty();
    }
}
