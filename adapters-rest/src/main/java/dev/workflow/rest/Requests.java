package dev.workflow.rest;

import dev.workflow.rest.problem.ProblemType;
import dev.workflow.rest.problem.Refusal;
import io.micronaut.http.HttpMethod;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.server.netty.NettyHttpRequest;
import io.netty.channel.EventLoop;
import java.util.Set;

/** What Micronaut's view of a request does not show as it is needed here. */
final class Requests {
    private static final String IDEMPOTENCY_KEY = "Idempotency-Key";

    private Requests() {}

    /** The request target as it was sent, percent-encoding and all. */
    static String target(HttpRequest<?> request) {
        return netty(request).getNativeRequest().uri();
    }

    static QueryParameters query(HttpRequest<?> request, Set<String> known) {
        return QueryParameters.of(target(request), known);
    }

    /** Refuses every query parameter. */
    static void expectNoQuery(HttpRequest<?> request) {
        query(request, Set.of());
    }

    /** Refuses a promise that cannot be kept yet. */
    static void expectNoIdempotencyKey(HttpRequest<?> request) {
        if (request.getHeaders().contains(IDEMPOTENCY_KEY)) {
            throw new Refusal(
                    ProblemType.INVALID_PARAMETER, "The header " + IDEMPOTENCY_KEY + " is not supported here.");
        }
    }

    static boolean isHead(HttpRequest<?> request) {
        return request.getMethod() == HttpMethod.HEAD;
    }

    /** The thread that writes the answer: what is done there needs no hand-over any more. */
    static EventLoop eventLoop(HttpRequest<?> request) {
        return netty(request).getChannelHandlerContext().channel().eventLoop();
    }

    private static NettyHttpRequest<?> netty(HttpRequest<?> request) {
        return (NettyHttpRequest<?>) request;
    }
}
