package dev.workflow.rest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.workflow.contracts.SettableClock;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Lists of some workflows only. */
final class ListFilterTest extends ServiceTest {
    private SettableClock clock;
    private final String[] ids = new String[5];

    @Override
    TestService newService() {
        clock = new SettableClock(Instant.parse("2026-11-25T10:00:00Z"));
        return TestService.start(clock);
    }

    /** 0 and 1 are consumed, at 10:05 and 10:06; 2 is leased; 3 delayed; 4 waits. */
    @BeforeAll
    void submitAll() {
        String[] bodies = {
            "{\"data\":{\"a\":1,\"b\":{\"c\":[1,2]}},\"steps\":[\"x\",\"y\"]}",
            "{\"data\":{\"a\":1.0},\"steps\":[\"y z\"]}",
            "{\"data\":[1,\"a\",null],\"steps\":[\"x\"]}",
            "{\"data\":\"é\"}",
            "{\"data\":{\"a\":\"1\"},\"steps\":[\"X\",\"😀\"]}"
        };
        for (int i = 0; i < bodies.length; i++) {
            ids[i] = client.post("/workflow", bodies[i]).is(201).uuid();
            clock.advance(Duration.ofMinutes(1));
        }
        client.get("/workflow/consume").is(200).has("Workflow-UUID", ids[0]);
        clock.advance(Duration.ofMinutes(1));
        client.get("/workflow/consume").is(200);
        client.get("/workflow/consume?lease=3600").is(200);
        String refused = client.get("/workflow/consume?lease=3600").delivery();
        client.post("/workflow/delivery/" + refused + "/nack", "{\"delay\":3600}")
                .is(200);
    }

    private void holds(String query, String numbers) {
        List<String> expected = numbers == null
                ? List.of()
                : Arrays.stream(numbers.split(" "))
                        .map(i -> ids[Integer.parseInt(i)])
                        .toList();
        assertThat(client.get("/workflow?" + query).is(200).uuids()).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "status=inserted                            | 2 3 4",
                "status=consumed                            | 0 1",
                "state=consumed                             | 0 1",
                "state=leased                               | 2",
                "state=delayed                              | 3",
                "state=waiting                              | 4",
                "state=dead                                 | ",
                "status=inserted&state=consumed             | ",
                "step=x                                     | 0 2",
                "step=y                                     | 0",
                "step=y+z                                   | 1",
                "step=y%20z                                 | 1",
                "step=%F0%9F%98%80                          | 4",
                "step=z                                     | ",
                "created_since=2026-11-25T10:02:00Z         | 2 3 4",
                "created_since=2026-11-25T10:02:00.000001Z  | 3 4",
                "created_before=2026-11-25T10:02:00Z        | 0 1",
                "created_before=2026-11-25T10:02:00.000001Z | 0 1 2",
                "created_since=2026-11-25T12:02:00%2B02:00  | 2 3 4",
                "created_since=2026-11-25T12:02:00+02:00    | 2 3 4",
                "created_since=2026-11-24T10:32:00-23:30    | 2 3 4",
                "created_since=2026-11-25t10:02:00z         | 2 3 4",
                "created_since=2026-11-25T10:01:00-00:00&created_before=2026-11-25T10:03:00Z | 1 2",
                "consumed_since=2026-11-25T10:06:00Z        | 1",
                "consumed_since=2026-11-25T10:05:00Z        | 0 1",
                "consumed_before=2026-11-25T10:06:00Z       | 0",
                "order=asc                                  | 0 1 2 3 4",
                "order=desc                                 | 4 3 2 1 0",
                "order=desc&status=inserted                 | 4 3 2",
                "delivery_id=01976e6f-9a1b-7c3d-8e4f-5a6b7c8d9e0f | ",
            })
    void holdWhatMeetsAllCriteria(String query, String numbers) {
        holds(query, numbers);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                "{}                    | 0 1 4",
                "{\"a\":1}             | 0 1",
                "{\"a\" : 1e0 }        | 0 1",
                "{\"b\":{\"c\":[2]}}   | 0",
                "[1]                   | 2",
                "\"a\"                 | 2",
                "null                  | 2",
                "\"é\"                 | 3",
                "{\"a\":\"1\"}         | 4",
                "{\"a\":2}             | ",
            })
    void holdWhatContainsSomeJson(String json, String numbers) {
        holds("contains=" + URLEncoder.encode(json, StandardCharsets.UTF_8), numbers);
    }

    @Test
    void holdWhatWasDeliveredTogether() {
        String delivery = client.get("/workflow/" + ids[1]).text().replaceAll(".*\"delivery_id\":\"([^\"]*)\".*", "$1");
        holds("delivery_id=" + delivery, "1");
        holds("delivery_id=" + delivery.toUpperCase(Locale.ROOT), "1");
    }

    @Test
    void pagesKeepTheCriteriaAndTheOrder() {
        String query = "order=desc&created_since=2026-11-25T12:01:00+02:00&limit=2";
        Reply first = client.get("/workflow?" + query)
                .is(200)
                .has("Link", "</workflow?" + query + "&after=" + ids[3] + ">; rel=\"next\"");
        assertThat(first.uuids()).containsExactly(ids[4], ids[3]);
        holds(query + "&after=" + ids[3], "2 1");
        client.get("/workflow?" + query + "&after=" + ids[3]).hasNo("Link");
    }

    @Test
    void aWrongCriterionSaysWhatItTakes() {
        client.get("/workflow?status=done").says("status takes one of inserted, consumed.");
        client.get("/workflow?state=done").says("state takes one of waiting, delayed, leased, dead, consumed.");
        client.get("/workflow?contains=%7B").says("contains ends too early:");
        client.get("/workflow?contains=%5B%22%5Cu0000%22%5D").says("contains", "#/0", "U+0000");
        client.get("/workflow?step=" + "x".repeat(201)).isProblem(400, "invalid-parameter");
        client.get("/workflow?contains=" + "[".repeat(501) + "]".repeat(501)).is(400);
    }
}
