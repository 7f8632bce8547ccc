package dev.workflow.rest;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest.BodyPublishers;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ListTest extends ServiceTest {
    private static final Pattern NEXT = Pattern.compile("<(/workflow\\?[^>]+)>; rel=\"next\"");

    @BeforeEach
    void empty() {
        startAgain();
    }

    private List<String> submitAll(int count) {
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            ids.add(submit(Integer.toString(i)));
        }
        return ids;
    }

    private static Optional<String> next(Reply reply) {
        return reply.header("Link").map(link -> {
            Matcher matcher = NEXT.matcher(link);
            assertThat(matcher.matches()).as(link).isTrue();
            return matcher.group(1);
        });
    }

    private static void holds(Reply reply, List<String> ids) {
        assertThat(reply.workflows()).isEqualTo(ids.size());
        assertThat(reply.text()).startsWith("[").endsWith("]").containsSubsequence(ids);
    }

    @Test
    void isAnArrayEvenWhenThereIsNothing() {
        Reply all = client.get("/workflow").is(200).has("Content-Type", "application/json");
        assertThat(all.text()).isEqualTo("[]");
        Reply page = client.get("/workflow?limit=5").is(200).hasNo("Link");
        assertThat(page.text()).isEqualTo("[]");
    }

    @Test
    void holdsAllOldestFirst() {
        List<String> ids = submitAll(7);

        holds(client.get("/workflow"), ids);
        holds(client.get("/workflow/"), ids);
        holds(client.get("/workflow?"), ids);
        holds(client.get("/workflow?after=" + ids.get(3)), ids.subList(4, 7));
        assertThat(client.get("/workflow?after=" + ids.get(6)).text()).isEqualTo("[]");
    }

    @ParameterizedTest
    @CsvSource({"1", "2", "3", "4", "6", "7", "1000"})
    void pagesLinkToOneAnotherUntilTheLast(int limit) {
        List<String> ids = submitAll(6);

        int seen = 0;
        Optional<String> target = Optional.of("/workflow?limit=" + limit);
        while (target.isPresent()) {
            Reply page = client.get(target.get()).is(200);
            int end = Math.min(6, seen + limit);
            holds(page, ids.subList(seen, end));
            seen = end;
            target = next(page);
            assertThat(target.isPresent()).isEqualTo(end < 6);
        }
    }

    @Test
    void theLinkKeepsAllOtherParametersAsTheyWereSent() {
        List<String> ids = submitAll(3);

        String target = "/workflow/?status=%69nserted&after=" + ids.get(0) + "&limit=1";
        assertThat(next(client.get(target))).contains("/workflow?status=%69nserted&limit=1&after=" + ids.get(1));
    }

    @Test
    void canBeFilteredByStatus() {
        List<String> ids = submitAll(3);
        client.patch("/workflow/" + ids.get(1), "{\"status\":\"consumed\"}").is(200);

        holds(client.get("/workflow?status=consumed"), List.of(ids.get(1)));
        holds(client.get("/workflow?status=inserted"), List.of(ids.get(0), ids.get(2)));
        holds(client.get("/workflow?status=inserted&limit=1&after=" + ids.get(0)), List.of(ids.get(2)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "limit=0",
                "limit=1001",
                "limit=-1",
                "limit=",
                "limit",
                "limit=01",
                "limit=1.0",
                "limit=99999999999",
                "limit=%zz",
                "limit=%2",
                "limit=%FF",
                "after=x",
                "after=1-1-1-1-1",
                "status=done",
                "status=Consumed",
                "state=inserted",
                "state=WAITING",
                "step=",
                "step=%00",
                "created_since=2026-01-01",
                "created_since=",
                "created_before=2026-01-01T00:00:00",
                "created_before=2026-02-30T00:00:00Z",
                "consumed_since=2026-01-01T00:00Z",
                "consumed_since=1767225600",
                "consumed_before=2026-01-01T00:00:00+1",
                "consumed_before=2026-01-01T00:00:00%2B24:00",
                "delivery_id=x",
                "contains=",
                "contains=%7B",
                "contains=1%202",
                "contains=%22%5Cu0000%22",
                "contains=%7B%22a%22:1e999999%7D",
                "order=up",
                "order=ASC",
                "order=",
                "delimiter=tab",
                "header=false",
                "arrays=json",
                "LIMIT=1",
                "limitt=1",
            })
    void refusesWhatItDoesNotKnowAndNamesIt(String query) {
        String name = query.replaceAll("=.*", "");
        String raw = "GET /workflow?" + query + " HTTP/1.1\r\nHost: a\r\n\r\n";

        RawConnection.exchange(service, raw).isProblem(400, "invalid-parameter").says(name);
    }

    @Test
    void refusesARepeatedParameter() {
        client.get("/workflow?limit=1&limit=1")
                .isProblem(400, "invalid-parameter")
                .says("limit is given twice; once is right.");
        client.get("/workflow?limit=1&%6Cimit=1")
                .isProblem(400, "invalid-parameter")
                .says("limit", "twice");
        client.get("/workflow?=").isProblem(400, "invalid-parameter");
    }

    @ParameterizedTest
    @ValueSource(strings = {"&", "limit=1000&", "&limit=1000", "limit=1000&&order=asc"})
    void anAmpersandTooManyAsksForNothing(String query) {
        List<String> ids = submitAll(2);

        holds(client.get("/workflow?" + query), ids);
    }

    @Test
    void takesWhatAPersonTypesUnescaped() {
        RawConnection.exchange(service, "GET /workflow?a={\"b\":[1]}|^`\\<> HTTP/1.1\r\nHost: a\r\n\r\n")
                .isProblem(400, "invalid-parameter")
                .says("The query parameter a is not known here. Known: after, ");
    }

    @Test
    void theLinkLeavesOutAnAfterThatWasSpelledOtherwise() {
        List<String> ids = submitAll(3);

        assertThat(next(client.get("/workflow?limit=1&%61fter=" + ids.get(0))))
                .contains("/workflow?limit=1&after=" + ids.get(1));
    }

    @Test
    void headTellsWithoutABody() {
        submitAll(3);
        Reply page = client.get("/workflow?limit=2");

        Reply head = client.head("/workflow?limit=2")
                .is(200)
                .has("Content-Length", Integer.toString(page.body().length))
                .has("Link", page.header("Link").orElseThrow());
        assertThat(head.body()).isEmpty();
        assertThat(client.head("/workflow").is(200).body()).isEmpty();
        client.head("/workflow?limit=0").is(400);
    }

    @Test
    void knowsTwoMethodsBesideHead() {
        client.send("DELETE", "/workflow", BodyPublishers.noBody())
                .isProblem(405, "method-not-allowed")
                .has("Allow", "GET, HEAD, POST");
    }
}
