package dev.workflow.rest;

import dev.workflow.rest.problem.Problem;
import dev.workflow.rest.problem.Problem.Place;
import dev.workflow.rest.problem.ProblemType;
import dev.workflow.rest.problem.Refusal;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.ServerHttpRequest;
import io.micronaut.http.body.CloseableAvailableByteBody;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/** The body of a request, once all of it is there. */
public final class RequestBody {
    static final int MAX_BYTES = 1 << 20;
    private static final List<String> JSON = List.of("application/json");
    private static final List<String> MERGE_PATCH = List.of("application/json", "application/merge-patch+json");

    private RequestBody() {}

    public static CompletableFuture<byte[]> json(HttpRequest<?> request) {
        return ofType(request, JSON);
    }

    public static CompletableFuture<byte[]> mergePatch(HttpRequest<?> request) {
        return ofType(request, MERGE_PATCH);
    }

    /** A body whose type must be one of {@code mediaTypes}, in UTF-8. */
    private static CompletableFuture<byte[]> ofType(HttpRequest<?> request, List<String> mediaTypes) {
        return bytes(request).thenApply(body -> {
            if (body.length > 0) {
                checkType(request, mediaTypes);
            }
            return body;
        });
    }

    /** Refuses any body, whatever its type. */
    public static CompletableFuture<Void> none(HttpRequest<?> request) {
        return bytes(request).thenAccept(body -> {
            if (body.length > 0) {
                throw new Refusal(Problem.of(
                        ProblemType.INVALID_FIELD,
                        "There must be no body; whatever is asked for stands in the query.",
                        List.of(new Place("#", "is not empty."))));
            }
        });
    }

    private static CompletableFuture<byte[]> bytes(HttpRequest<?> request) {
        if (request.getContentLength() > MAX_BYTES) {
            return CompletableFuture.failedFuture(tooLarge());
        }
        return ((ServerHttpRequest<?>) request).byteBody().buffer().handle((body, failure) -> {
            if (failure != null) {
                throw refusal(failure);
            }
            return read(body);
        });
    }

    private static byte[] read(CloseableAvailableByteBody body) {
        try (body) {
            return body.toByteArray();
        }
    }

    private static RuntimeException refusal(Throwable failure) {
        return switch (failure) {
            case CompletionException wrapper when wrapper.getCause() != null -> refusal(wrapper.getCause());
            case IOException _ ->
                new Refusal(
                        ProblemType.MALFORMED_REQUEST,
                        "The body did not come as a whole; its length or its chunks are not as its head says.");
            default -> new CompletionException(failure);
        };
    }

    static Refusal tooLarge() {
        return new Refusal(
                ProblemType.PAYLOAD_TOO_LARGE,
                "The body has more than the " + MAX_BYTES + " bytes that it may have. Send several smaller ones.");
    }

    private static void checkType(HttpRequest<?> request, List<String> mediaTypes) {
        String flaw = request.getHeaders().contains(HttpHeaders.CONTENT_ENCODING)
                ? "has a Content-Encoding, and is read without one only"
                : typeFlaw(request.getHeaders().getAll(HttpHeaders.CONTENT_TYPE), mediaTypes);
        if (flaw != null) {
            String right = "Send Content-Type: " + String.join(" or ", mediaTypes) + ".";
            throw new Refusal(ProblemType.UNSUPPORTED_MEDIA_TYPE, "The body " + flaw + ". " + right);
        }
    }

    private static @Nullable String typeFlaw(List<String> types, List<String> mediaTypes) {
        if (types.size() != 1) {
            return types.isEmpty() ? "has no Content-Type" : "has more than one Content-Type";
        }
        if (mediaTypes.contains(types.getFirst())) {
            return null;
        }
        List<String> parts = HeaderText.parts(types.getFirst());
        if (!mediaTypes.contains(parts.getFirst().toLowerCase(Locale.ROOT))) {
            return "has another Content-Type than those that are read here";
        }
        boolean inUtf8 = parts.stream().skip(1).allMatch(RequestBody::mayBeUtf8);
        return inUtf8 ? null : "has another charset than utf-8";
    }

    private static boolean mayBeUtf8(String parameter) {
        String plain = parameter.replace("\"", "").toLowerCase(Locale.ROOT);
        return !plain.startsWith("charset=") || plain.equals("charset=utf-8");
    }
}
