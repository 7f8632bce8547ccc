package dev.workflow.rest;

import dev.workflow.rest.problem.Problem;
import dev.workflow.rest.problem.ProblemType;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.server.exceptions.ExceptionHandler;
import jakarta.inject.Singleton;

/** Answers requests that fail, whatever with. */
@Singleton
final class FailureHandler implements ExceptionHandler<Throwable, HttpResponse<byte[]>> {
    private static final System.Logger LOG = System.getLogger(FailureHandler.class.getName());

    @Override
    public HttpResponse<byte[]> handle(@SuppressWarnings("rawtypes") HttpRequest request, Throwable failure) {
        Problem problem = Problems.of(failure);
        if (problem.type() == ProblemType.INTERNAL_ERROR) {
            LOG.log(System.Logger.Level.ERROR, what(request), failure);
        } else if (problem.type().status() >= 500) {
            LOG.log(System.Logger.Level.DEBUG, what(request), failure);
        }
        return Problems.answer(problem);
    }

    /** What a client made up must not look like anything else in a log. */
    private static String what(HttpRequest<?> request) {
        String id = String.valueOf(request.getHeaders().get("X-Request-Id"));
        return "Request " + id.replaceAll("[^!-~]", "?") + " failed.";
    }
}
