package dev.workflow.rest.list;

import dev.workflow.domain.StateName;
import dev.workflow.domain.port.WorkflowRepository;
import dev.workflow.rest.ByteStream;
import dev.workflow.rest.InTime;
import dev.workflow.rest.Paths;
import dev.workflow.rest.ReadingTurns;
import dev.workflow.rest.ReadingTurns.Turn;
import dev.workflow.rest.Requests;
import dev.workflow.rest.access.AllowedTo;
import dev.workflow.rest.access.Role;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import reactor.core.publisher.Flux;

/** All workflows, streamed; or a page of them. */
@Controller
final class ListController {
    private static final System.Logger LOG = System.getLogger(ListController.class.getName());

    private final WorkflowRepository repository;
    private final InTime inTime;
    private final ReadAhead readAhead;
    private final ReadingTurns turns;

    ListController(WorkflowRepository repository, InTime inTime, ReadAhead readAhead, ReadingTurns turns) {
        this.repository = repository;
        this.turns = turns;
        this.readAhead = readAhead;
        this.inTime = inTime;
    }

    @Get(uri = Paths.WORKFLOWS, produces = MediaType.ALL)
    @AllowedTo(Role.VIEWER)
    CompletionStage<HttpResponse<?>> list(HttpRequest<?> request) {
        return list(request, ListQuery.of(request), Paths.WORKFLOWS);
    }

    @Get(uri = Paths.DEAD, produces = MediaType.ALL)
    @AllowedTo(Role.VIEWER)
    CompletionStage<HttpResponse<?>> dead(HttpRequest<?> request) {
        return list(request, ListQuery.of(request).in(StateName.DEAD), Paths.DEAD);
    }

    private CompletionStage<HttpResponse<?>> list(HttpRequest<?> request, ListQuery query, String path) {
        Integer limit = query.limit();
        Turn turn = turns.turn(request, limit == null ? ReadingTurns.STREAM_MIB : ReadingTurns.PAGE_MIB);
        CompletionStage<HttpResponse<?>> answer =
                limit == null ? whole(request, query, turn) : page(request, query, limit, path, turn);
        return answer.whenComplete((response, failure) -> {
            // then nobody fetches a body
            if (failure != null || Requests.isHead(request)) {
                turn.end();
            }
        });
    }

    /** Makes the first piece, so that an absent database is told of in the head of the answer. */
    private CompletionStage<HttpResponse<?>> whole(HttpRequest<?> request, ListQuery query, Turn turn) {
        return inTime.read(request, () -> {
                    turn.begin();
                    return new WorkflowChunks(query.form(), query.pages(repository), readAhead);
                })
                .thenApply(chunks -> {
                    Flux<byte[]> pieces = chunks.stream(inTime.threads(), Requests.eventLoop(request));
                    return answer(new ByteStream(pieces, OptionalLong.empty()), query.form(), turn);
                });
    }

    private CompletionStage<HttpResponse<?>> page(
            HttpRequest<?> request, ListQuery query, int limit, String path, Turn turn) {
        String target = Requests.target(request);
        return inTime.read(request, () -> {
                    turn.begin();
                    return ListPage.read(query.pages(repository), limit, query.form());
                })
                .thenApply(page -> {
                    MutableHttpResponse<ByteStream> response = answer(page.stream(), query.form(), turn);
                    UUID last = page.last();
                    if (last != null) {
                        String next = ListQuery.next(path, target, last);
                        response.header(HttpHeaders.LINK, "<" + next + ">; rel=\"next\"");
                    }
                    return response;
                });
    }

    private static MutableHttpResponse<ByteStream> answer(ByteStream body, ListForm form, Turn turn) {
        Flux<byte[]> pieces = body.pieces().doOnError(ListController::tell).doFinally(end -> turn.end());
        MutableHttpResponse<ByteStream> response =
                HttpResponse.<ByteStream>status(HttpStatus.OK).body(new ByteStream(pieces, body.length()));
        form.headers().forEach(response::header);
        // for HEAD, too
        body.length().ifPresent(length -> response.header(HttpHeaders.CONTENT_LENGTH, Long.toString(length)));
        return response;
    }

    private static void tell(Throwable failure) {
        LOG.log(System.Logger.Level.WARNING, "A list was cut, since it cannot go on: {0}", failure.getMessage());
    }
}
