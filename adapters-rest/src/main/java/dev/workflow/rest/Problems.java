package dev.workflow.rest;

import dev.workflow.domain.Fault;
import dev.workflow.rest.json.ProblemJson;
import dev.workflow.rest.problem.Problem;
import dev.workflow.rest.problem.ProblemType;
import dev.workflow.rest.problem.Refusal;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.exceptions.ContentLengthExceededException;
import io.micronaut.http.server.exceptions.NotAllowedException;
import io.micronaut.http.server.exceptions.NotFoundException;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.stream.Collectors;

/** What a failure means to the client. */
public final class Problems {
    private static final List<String> METHODS_IN_ORDER = List.of("GET", "HEAD", "POST", "PATCH");

    private static final String AGAIN = "Nothing was done; send it again after the seconds in Retry-After.";

    private Problems() {}

    static MutableHttpResponse<byte[]> answer(Problem problem) {
        MutableHttpResponse<byte[]> response = Answers.bytes(
                HttpStatus.valueOf(problem.type().status()), ProblemJson.MEDIA_TYPE, ProblemJson.of(problem));
        problem.allHeaders().forEach(response::header);
        return response;
    }

    static Problem of(Throwable failure) {
        return switch (failure) {
            case CompletionException wrapper when wrapper.getCause() != null -> of(wrapper.getCause());
            case Refusal refusal -> refusal.problem();
            case Fault fault -> of(fault);
            case NotFoundException _ -> unknownPath();
            case NotAllowedException notAllowed -> notAllowed(notAllowed.getAllowedMethods());
            case ContentLengthExceededException _ -> RequestBody.tooLarge().problem();
            default -> internalError();
        };
    }

    public static Problem unknownPath() {
        return Problem.of(
                ProblemType.UNKNOWN_PATH,
                "There is nothing at this path; /docs shows in a browser what there is, /openapi.yml lists it for programs.");
    }

    static Problem internalError() {
        return Problem.of(
                ProblemType.INTERNAL_ERROR,
                "Something went wrong here, and it is not known whether this was done. The X-Request-Id of this answer"
                        + " finds the cause in the log.");
    }

    /** Says nothing of the fault's own message: it may quote a driver or a broker. */
    private static Problem of(Fault fault) {
        return switch (fault) {
            case Fault.Unavailable unavailable ->
                Problem.of(ProblemType.UNAVAILABLE, name(unavailable.part()) + " is away or busy. " + AGAIN);
            case Fault.Overloaded _ ->
                Problem.of(
                        ProblemType.OVERLOADED,
                        "More requests or larger tables are asked for than can be served in time. " + AGAIN);
            case Fault.Draining _ -> Problem.of(ProblemType.DRAINING, "This instance is stopping. " + AGAIN);
            case Fault.OutcomeUnknown _ ->
                Problem.of(
                        ProblemType.OUTCOME_UNKNOWN,
                        "It is not known whether this was done. With an Idempotency-Key, send it again; without one, look"
                                + " what became of it first.");
        };
    }

    private static String name(Fault.Unavailable.Part part) {
        return switch (part) {
            case DATABASE -> "The database";
            case BROKER -> "The broker";
            case UNKNOWN -> "The database or the broker";
        };
    }

    private static Problem notAllowed(Set<String> methods) {
        String allow = methods.stream()
                .sorted(Comparator.comparingInt(METHODS_IN_ORDER::indexOf))
                .collect(Collectors.joining(", "));
        return Problem.of(ProblemType.METHOD_NOT_ALLOWED, "Here only these methods are known: " + allow + ".")
                .with("Allow", allow);
    }
}
