package dev.workflow.rest;

import dev.workflow.domain.port.WorkflowRepository;
import dev.workflow.rest.json.WorkflowJson;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import java.util.List;
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

    ListController(WorkflowRepository repository, InTime inTime) {
        this.repository = repository;
        this.inTime = inTime;
    }

    @Get(uri = "/workflow", produces = MediaType.ALL)
    CompletionStage<HttpResponse<?>> list(HttpRequest<?> request) {
        ListQuery query = ListQuery.of(request);
        String mediaType = Negotiation.require(request, List.of(Answers.JSON));
        Integer limit = query.limit();
        if (limit == null) {
            return inTime.read(request, () -> whole(query)).thenApply(chunks -> stream(chunks, mediaType));
        }
        String target = Requests.target(request);
        return inTime.read(request, () -> ListPage.read(query.pages(repository), limit))
                .thenApply(page -> page(target, page, mediaType));
    }

    private static HttpResponse<?> page(String target, ListPage page, String mediaType) {
        MutableHttpResponse<byte[]> response =
                Answers.bytes(HttpStatus.OK, mediaType, WorkflowJson.of(page.workflows()));
        if (page.more()) {
            String next = ListQuery.next(target, page.workflows().getLast().id());
            response.header(HttpHeaders.LINK, "<" + next + ">; rel=\"next\"");
        }
        return response;
    }

    /** Reads the first page, so that an absent database is told of in the head of the answer. */
    private WorkflowChunks whole(ListQuery query) {
        WorkflowPages pages = query.pages(repository);
        return new WorkflowChunks(pages, pages.next(Integer.MAX_VALUE));
    }

    private HttpResponse<?> stream(WorkflowChunks chunks, String mediaType) {
        Flux<byte[]> pieces = Flux.generate(() -> chunks, ListController::emit);
        Flux<byte[]> ahead =
                pieces.subscribeOn(Schedulers.fromExecutor(inTime.threads())).publishOn(Schedulers.immediate(), AHEAD);
        return HttpResponse.<ByteStream>status(HttpStatus.OK)
                .header(HttpHeaders.CONTENT_TYPE, mediaType)
                .body(new ByteStream(ahead));
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
