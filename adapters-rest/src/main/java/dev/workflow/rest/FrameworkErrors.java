package dev.workflow.rest;

import dev.workflow.rest.problem.Problem;
import dev.workflow.rest.problem.ProblemType;
import io.micronaut.context.annotation.Primary;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.server.exceptions.response.ErrorContext;
import io.micronaut.http.server.exceptions.response.ErrorResponseProcessor;
import jakarta.inject.Singleton;

/** Gives the errors that Micronaut finds by itself the form of all others, instead of HTML or its own JSON. */
@Singleton
@Primary
final class FrameworkErrors implements ErrorResponseProcessor<byte[]> {
    @Override
    public MutableHttpResponse<byte[]> processResponse(ErrorContext context, MutableHttpResponse<?> response) {
        return Problems.answer(context.getRootCause()
                .map(Problems::of)
                .filter(problem -> problem.type() != ProblemType.INTERNAL_ERROR)
                .orElseGet(() -> byStatus(response.code())));
    }

    private static Problem byStatus(int status) {
        return status < 500
                ? Problem.of(ProblemType.MALFORMED_REQUEST, "The request is not valid HTTP.")
                : Problems.internalError();
    }
}
