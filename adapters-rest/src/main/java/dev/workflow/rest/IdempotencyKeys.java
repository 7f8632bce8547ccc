package dev.workflow.rest;

import dev.workflow.domain.Keyed;
import dev.workflow.domain.RequestKey;
import dev.workflow.rest.problem.ProblemType;
import dev.workflow.rest.problem.Refusal;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MutableHttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The header that lets a client send a request again without doing it twice. */
public final class IdempotencyKeys {
    static final String HEADER = "Idempotency-Key";
    /** A GET that consumes is the same request as a POST that does. */
    private static final String EITHER_METHOD = "POST";

    private static final int MAX_LENGTH = 255;
    private static final Pattern VISIBLE = Pattern.compile("[!-~]{1," + MAX_LENGTH + "}");
    /** A string of RFC 8941, section 3.3.3, in which a backslash comes before a quote or a backslash. */
    private static final Pattern QUOTED = Pattern.compile("\"(?:[^\"\\\\]|\\\\[\"\\\\])*\"");

    private static final Pattern ESCAPED = Pattern.compile("\\\\(.)");

    private IdempotencyKeys() {}

    /** The key that a request has, quoted or not; null when it has none. */
    public static @Nullable String of(HttpRequest<?> request) {
        List<String> values = request.getHeaders().getAll(HEADER);
        if (values.isEmpty()) {
            return null;
        }
        if (values.size() > 1) {
            throw refusal("is given twice; once is right.");
        }
        String key = bare(values.getFirst());
        if (!VISIBLE.matcher(key).matches()) {
            throw refusal("takes 1 to " + MAX_LENGTH + " visible ASCII characters.");
        }
        return key;
    }

    private static String bare(String value) {
        if (!value.startsWith("\"")) {
            return value;
        }
        if (!QUOTED.matcher(value).matches()) {
            throw refusal("begins with a quote and is no quoted string such as \"a-key\"; the quotes may be left out.");
        }
        return ESCAPED.matcher(value.substring(1, value.length() - 1)).replaceAll("$1");
    }

    private static Refusal refusal(String what) {
        return new Refusal(ProblemType.INVALID_PARAMETER, "The header " + HEADER + " " + what);
    }

    /** The key together with what else makes the request the same; without a key there is nothing to compute. */
    public static @Nullable RequestKey ofRequest(@Nullable String key, HttpRequest<?> request, byte[] body) {
        return key == null
                ? null
                : new RequestKey(Caller.of(request), key, fingerprint(request.getMethodName(), request, body));
    }

    public static @Nullable RequestKey ofConsume(@Nullable String key, HttpRequest<?> request) {
        return key == null
                ? null
                : new RequestKey(Caller.of(request), key, fingerprint(EITHER_METHOD, request, new byte[0]));
    }

    /** No part but the last can hold a line end, so no two requests look alike. */
    private static String fingerprint(String method, HttpRequest<?> request, byte[] body) {
        String target = Requests.target(request);
        int question = target.indexOf('?');
        String path = question < 0 ? target : target.substring(0, question);
        String query = question < 0 ? "" : target.substring(question + 1);
        String accept = String.join(",", request.getHeaders().getAll(HttpHeaders.ACCEPT));
        String head = String.join("\n", method, withoutTrailingSlash(path), query, accept, "");
        return Sha256.of(head.getBytes(StandardCharsets.UTF_8), body);
    }

    private static String withoutTrailingSlash(String path) {
        return path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    }

    /** Answers with what was done, now or before, and refuses where nothing was. */
    public static <O> HttpResponse<byte[]> answer(Keyed<O> keyed, Function<O, MutableHttpResponse<byte[]>> view) {
        return switch (keyed) {
            case Keyed.Fresh<O>(O outcome) -> view.apply(outcome);
            case Keyed.Replayed<O>(O outcome) -> view.apply(outcome).header("Idempotent-Replayed", "true");
            case Keyed.Reused<O>() ->
                throw new Refusal(
                        ProblemType.IDEMPOTENCY_KEY_REUSED,
                        "This " + HEADER + " was used for another request, so nothing was done. Take a new one.");
            case Keyed.InProgress<O>() ->
                throw new Refusal(
                        ProblemType.REQUEST_IN_PROGRESS,
                        "Another request with this " + HEADER
                                + " is under way. Nothing was done for this one; send it again"
                                + " after the seconds in Retry-After.");
        };
    }
}
