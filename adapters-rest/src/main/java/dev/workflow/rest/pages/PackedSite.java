package dev.workflow.rest.pages;

import dev.workflow.rest.Answers;
import dev.workflow.rest.EntityTags;
import dev.workflow.rest.InTime;
import dev.workflow.rest.Problems;
import dev.workflow.rest.Requests;
import dev.workflow.rest.problem.Refusal;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MutableHttpResponse;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.stream.Collectors;

/** A page and the files that it fetches, which came with these classes. */
final class PackedSite {
    /** The paths stay the same from version to version, so whoever keeps a file must ask whether it still holds. */
    private static final String ASK_AGAIN = "no-cache";

    private final PackedFile page;
    private final Map<String, PackedFile> files;
    private final String policy;
    private final InTime inTime;

    /**
     * Takes a folder that holds {@code index.html}.
     *
     * @param policy what the page may fetch, for browsers
     * @param files what else is in the folder; whatever else is asked for is not there, so no name leads to any other file
     */
    PackedSite(String folder, String policy, InTime inTime, String... files) {
        this.page = new PackedFile(folder + "/index.html");
        this.files = Arrays.stream(files)
                .collect(
                        Collectors.toUnmodifiableMap(Function.identity(), name -> new PackedFile(folder + "/" + name)));
        this.policy = policy;
        this.inTime = inTime;
    }

    CompletionStage<HttpResponse<byte[]>> page(HttpRequest<?> request) {
        Requests.expectNoQuery(request);
        return answer(request, page);
    }

    CompletionStage<HttpResponse<byte[]>> file(HttpRequest<?> request, String name) {
        Requests.expectNoQuery(request);
        PackedFile found = files.get(name);
        if (found == null) {
            throw new Refusal(Problems.unknownPath());
        }
        return answer(request, found);
    }

    /** Reading may block. */
    private CompletionStage<HttpResponse<byte[]>> answer(HttpRequest<?> request, PackedFile file) {
        List<String> ifNoneMatch = request.getHeaders().getAll(HttpHeaders.IF_NONE_MATCH);
        return inTime.read(request, () -> answer(ifNoneMatch, file));
    }

    private HttpResponse<byte[]> answer(List<String> ifNoneMatch, PackedFile file) {
        MutableHttpResponse<byte[]> response = EntityTags.noneMatchNames(ifNoneMatch, file.tag())
                ? HttpResponse.status(HttpStatus.NOT_MODIFIED)
                : Answers.bytes(HttpStatus.OK, file.type(), file.bytes());
        return response.header(HttpHeaders.ETAG, file.tag())
                .header(HttpHeaders.CACHE_CONTROL, ASK_AGAIN)
                .header("Content-Security-Policy", policy)
                .header("Referrer-Policy", "no-referrer")
                .header("X-Content-Type-Options", "nosniff");
    }
}
