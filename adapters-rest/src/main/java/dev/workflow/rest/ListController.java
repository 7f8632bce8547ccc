package dev.workflow.rest;

import dev.workflow.domain.StateName;
import dev.workflow.domain.port.WorkflowRepository;
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
import java.util.concurrent.CompletionStage;
import reactor.core.publisher.Flux;
import reactor.core.publisher.SynchronousSink;
import reactor.core.scheduler.Schedulers;

/** All workflows, streamed; or a page of them. */
@Controller
final class ListController {
    /** Pieces that are made while others are written. */
    private static final int AHEAD = 4;

    private final WorkflowRepository repository;
    private final InTime inTime;
    private final ReadAhead readAhead;

    ListController(WorkflowRepository repository, InTime inTime, ReadAhead readAhead) {
        this.repository = repository;
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
        if (limit == null) {
            return inTime.read(request, () -> whole(query)).thenApply(chunks -> stream(chunks, query.form()));
        }
        String target = Requests.target(request);
        return inTime.read(request, () -> ListPage.read(query.pages(repository), limit))
                .thenApply(page -> page(path, target, page, query.form()));
    }

    private static HttpResponse<?> page(String path, String target, ListPage page, ListForm form) {
        byte[] body = page.body(form);
        MutableHttpResponse<byte[]> response =
                HttpResponse.<byte[]>status(HttpStatus.OK).body(body);
        form.headers().forEach(response::header);
        response.header(HttpHeaders.CONTENT_LENGTH, Integer.toString(body.length));
        if (page.more()) {
            String next =
                    ListQuery.next(path, target, page.workflows().getLast().id());
            response.header(HttpHeaders.LINK, "<" + next + ">; rel=\"next\"");
        }
        return response;
    }

    /** Reads the first page, so that an absent database is told of in the head of the answer. */
    private WorkflowChunks whole(ListQuery query) {
        return new WorkflowChunks(query.form(), query.pages(repository), readAhead);
    }

    private HttpResponse<?> stream(WorkflowChunks chunks, ListForm form) {
        Flux<byte[]> pieces = Flux.generate(() -> chunks, ListController::emit);
        Flux<byte[]> ahead =
                pieces.subscribeOn(Schedulers.fromExecutor(inTime.threads())).publishOn(Schedulers.immediate(), AHEAD);
        MutableHttpResponse<ByteStream> response =
                HttpResponse.<ByteStream>status(HttpStatus.OK).body(new ByteStream(ahead));
        form.headers().forEach(response::header);
        return response;
    }

    private static WorkflowChunks emit(WorkflowChunks chunks, SynchronousSink<byte[]> sink) {
        byte[] next = chunks.next();
        if (next == null) {
            sink.complete();
        } else {
            sink.next(next);
        }
        return chunks;
    }
}
