package dev.workflow.rest;

import dev.workflow.rest.problem.Problem;
import dev.workflow.rest.problem.Problem.Place;
import dev.workflow.rest.problem.ProblemType;
import dev.workflow.rest.problem.Refusal;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.ServerHttpRequest;
import io.micronaut.http.body.CloseableAvailableByteBody;
import io.micronaut.http.exceptions.BufferLengthExceededException;
import io.micronaut.http.exceptions.ContentLengthExceededException;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** The body of a request, once all of it is there. */
final class RequestBody {
    static final int MAX_BYTES = 1 << 20;
    static final List<String> JSON = List.of("application/json");
    static final List<String> MERGE_PATCH = List.of("application/json", "application/merge-patch+json");

    private RequestBody() {}

    /** A body whose type must be one of {@code mediaTypes}, in UTF-8. */
    static CompletableFuture<byte[]> json(HttpRequest<?> request, List<String> mediaTypes) {
        return bytes(request).thenApply(body -> {
            if (body.length > 0) {
                checkType(request, mediaTypes);
            }
            return body;
        });
    }

    /** Refuses any body, whatever its type. */
    static CompletableFuture<Void> none(HttpRequest<?> request) {
        return bytes(request).thenAccept(body -> {
            if (body.length > 0) {
                throw new Refusal(Problem.of(
                        ProblemType.INVALID_FIELD, "There must be no body.", List.of(new Place("#", "is not empty."))));
            }
        });
    }

    private static CompletableFuture<byte[]> bytes(HttpRequest<?> request) {
        if (request.getContentLength() > MAX_BYTES) {
            return CompletableFuture.failedFuture(tooLargeToBeSent(request));
        }
        return ((ServerHttpRequest<?>) request).byteBody().buffer().handle((body, failure) -> {
            if (failure != null) {
                throw refusal(failure);
            }
            return read(body);
        });
    }

    /** A client that waited for a go-ahead and gets none may send the body or not, so nothing can be read after it. */
    private static Refusal tooLargeToBeSent(HttpRequest<?> request) {
        Problem problem = tooLarge().problem();
        boolean waits = request.getHeaders().contains(HttpHeaders.EXPECT);
        return new Refusal(waits ? problem.with(HttpHeaders.CONNECTION, "close") : problem);
    }

    private static byte[] read(CloseableAvailableByteBody body) {
        try (body) {
            return body.toByteArray();
        }
    }

    private static RuntimeException refusal(Throwable failure) {
        return switch (failure) {
            case CompletionException wrapper when wrapper.getCause() != null -> refusal(wrapper.getCause());
            case ContentLengthExceededException _, BufferLengthExceededException _ -> tooLarge();
            case IOException _ -> new Refusal(ProblemType.MALFORMED_REQUEST, "The body did not come as a whole.");
            default -> new CompletionException(failure);
        };
    }

    static Refusal tooLarge() {
        return new Refusal(ProblemType.PAYLOAD_TOO_LARGE, "The body has more than " + MAX_BYTES + " bytes.");
    }

    private static void checkType(HttpRequest<?> request, List<String> mediaTypes) {
        if (request.getHeaders().contains(HttpHeaders.CONTENT_ENCODING)) {
            throw unsupported("A body with a Content-Encoding is not read here.");
        }
        List<String> types = request.getHeaders().getAll(HttpHeaders.CONTENT_TYPE);
        if (types.size() != 1) {
            throw unsupported(types.isEmpty() ? "The body has no Content-Type." : "The body has more than one type.");
        }
        List<String> parts = HeaderText.parts(types.getFirst());
        if (!mediaTypes.contains(parts.getFirst().toLowerCase(Locale.ROOT))) {
            throw unsupported("The body must be " + String.join(" or ", mediaTypes) + ".");
        }
        parts.subList(1, parts.size()).forEach(RequestBody::checkParameter);
    }

    private static void checkParameter(String parameter) {
        String plain = parameter.replace("\"", "").toLowerCase(Locale.ROOT);
        if (plain.startsWith("charset=") && !plain.equals("charset=utf-8")) {
            throw unsupported("The body must be in UTF-8.");
        }
    }

    private static Refusal unsupported(String detail) {
        return new Refusal(ProblemType.UNSUPPORTED_MEDIA_TYPE, detail);
    }
}
