package dev.workflow.rest.wire;

import dev.workflow.rest.problem.Problem;
import dev.workflow.rest.problem.ProblemType;
import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Whether the head of a request is one that can be passed on. */
final class HeadCheck {
    private static final HttpMethod UNKNOWN_METHOD = HttpMethod.valueOf("UNKNOWN");

    private HeadCheck() {}

    /** Says what is wrong with a request, or brings its target into the usual form and answers null. */
    static @Nullable Problem problemOf(HttpRequest request) {
        DecoderResult result = request.decoderResult();
        if (result.isFailure()) {
            return problemOf(result.cause());
        }
        if (request.protocolVersion().majorVersion() != 1) {
            return Problem.of(
                    ProblemType.MALFORMED_REQUEST, "HTTP/1.1 and HTTP/1.0 are spoken here, no other version.");
        }
        if (request.protocolVersion().compareTo(HttpVersion.HTTP_1_1) > 0) {
            // else the answer would claim to be of that version
            request.setProtocolVersion(HttpVersion.HTTP_1_1);
        }
        if (!hasItsHost(request)) {
            return Problem.of(
                    ProblemType.MALFORMED_REQUEST,
                    "The header Host must be there once (before HTTP/1.1 at most once).");
        }
        if (!isReadable(request)) {
            return Problem.of(
                    ProblemType.MALFORMED_REQUEST,
                    "The only Transfer-Encoding that is understood here is \"chunked\", given once.");
        }
        Optional<String> target = RequestTarget.originForm(request.uri());
        if (target.isEmpty()) {
            return Problem.of(
                    ProblemType.MALFORMED_REQUEST, "The request target is not a path; it must begin with a slash.");
        }
        request.setUri(target.get());
        if (request.method().name().chars().anyMatch(Character::isLowerCase)) {
            // Micronaut takes "get" for GET
            request.setMethod(UNKNOWN_METHOD);
        }
        return null;
    }

    /** As RFC 9112 asks, section 3.2. */
    private static boolean hasItsHost(HttpRequest request) {
        int hosts = request.headers().getAll(HttpHeaderNames.HOST).size();
        return hosts == 1 || (hosts == 0 && request.protocolVersion().compareTo(HttpVersion.HTTP_1_1) < 0);
    }

    /** Netty reads whatever has "chunked" in it as if there was no other coding. */
    private static boolean isReadable(HttpRequest request) {
        if (!request.headers().contains(HttpHeaderNames.TRANSFER_ENCODING)) {
            return true;
        }
        List<String> codings = request.headers().getAll(HttpHeaderNames.TRANSFER_ENCODING);
        return codings.size() == 1 && HttpHeaderValues.CHUNKED.contentEqualsIgnoreCase(codings.getFirst());
    }

    private static Problem problemOf(Throwable cause) {
        return switch (cause) {
            case TooLongHttpLineException _ ->
                Problem.of(
                        ProblemType.URI_TOO_LONG, "The request line has more than the 16384 bytes that it may have.");
            case TooLongHttpHeaderException _ ->
                Problem.of(
                        ProblemType.HEADERS_TOO_LARGE,
                        "The headers have more than the 32768 bytes that they may have.");
            default -> Problem.of(ProblemType.MALFORMED_REQUEST, "The request line or a header is not valid HTTP.");
        };
    }
}
