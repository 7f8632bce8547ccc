package dev.workflow.rest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.workflow.domain.Fault;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Workflows that were refused too often. */
final class DeadTest extends ServiceTest {
    private static final String REDRIVE = "/workflow/dead/redrive";
    private static final int MAX_ATTEMPTS = 5;

    private final List<String> dead = new ArrayList<>();
    private String alive = "";

    @BeforeEach
    void letThreeDie() {
        startAgain();
        dead.clear();
        for (int i = 0; i < 3; i++) {
            String id = submit("{\"n\":" + i + "}");
            dead.add(id);
            for (int attempt = 1; attempt <= MAX_ATTEMPTS; attempt++) {
                Reply leased = client.get("/workflow/consume?lease=60&wait=20")
                        .is(200)
                        .has("Workflow-UUID", id)
                        .has("Workflow-Attempt", Integer.toString(attempt));
                client.post("/workflow/delivery/" + leased.delivery() + "/nack", "{\"error\":\"no\"}")
                        .is(200);
            }
        }
        alive = submit("{}");
    }

    private void areDead(List<String> ids) {
        assertThat(client.get("/workflow/dead").is(200).uuids()).isEqualTo(ids);
    }

    @Test
    void areListed() {
        areDead(dead);
        client.get("/workflow/" + dead.getFirst())
                .says("\"state\":\"dead\"", "\"status\":\"inserted\"", "\"attempts\":5", "\"last_error\":\"no\"")
                .says("\"dead_at\":\"");
        assertThat(client.get("/workflow/dead/").text())
                .isEqualTo(client.get("/workflow?state=dead").text());
        assertThat(client.head("/workflow/dead").is(200).body()).isEmpty();
    }

    @Test
    void areListedPageByPageAndTheLinkStaysThere() {
        client.get("/workflow/dead?order=desc&limit=2")
                .is(200)
                .has("Link", "</workflow/dead?order=desc&limit=2&after=" + dead.get(1) + ">; rel=\"next\"");
        Reply rest = client.get("/workflow/dead?order=desc&limit=2&after=" + dead.get(1))
                .hasNo("Link");
        assertThat(rest.uuids()).containsExactly(dead.getFirst());
    }

    @Test
    void areListedByTheSameParametersAndInTheSameForms() {
        assertThat(client.get("/workflow/dead?contains=%7B%22n%22:1%7D").uuid()).isEqualTo(dead.get(1));
        assertThat(client.get("/workflow/dead?state=waiting").text()).isEqualTo("[]");
        assertThat(client.get("/workflow/dead?header=false", "Accept", "text/csv")
                        .text()
                        .split("\r\n"))
                .hasSize(3);
        client.get("/workflow/dead?all=true")
                .isProblem(400, "invalid-parameter")
                .says("all");
    }

    @Test
    void allCanBeRevived() {
        Reply reply = client.post(REDRIVE, "{\"all\":true}").is(200).has("Content-Type", "application/json");

        assertThat(reply.text()).isEqualTo("{\"redriven\":3,\"skipped\":[],\"more\":false}");
        areDead(List.of());
        client.get("/workflow/" + dead.getFirst())
                .says("\"state\":\"waiting\"", "\"attempts\":0", "\"dead_at\":null", "\"last_error\":\"no\"");
        client.get("/workflow/consume?max=5&wait=20").is(200);
        client.post(REDRIVE + "/", "{\"all\":true}").is(200).says("\"redriven\":0");
    }

    @Test
    void someCanBeRevivedAndTheOthersAreNamed() {
        String names = "[\"" + alive + "\",\"" + dead.get(2) + "\",\"" + UNKNOWN + "\",\"" + dead.get(2) + "\"]";

        assertThat(client.post(REDRIVE, "{\"UUIDs\":" + names + "}").is(200).text())
                .isEqualTo("{\"redriven\":1,\"skipped\":[\"" + alive + "\",\"" + UNKNOWN + "\"],\"more\":false}");
        areDead(dead.subList(0, 2));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                "{}                                                    | #",
                "[]                                                    | #",
                "{\"all\":false}                                       | #/all",
                "{\"all\":\"true\"}                                    | #/all",
                "{\"all\":[true]}                                      | #/all",
                "{\"all\":true,\"all\":true}                           | #/all",
                "{\"all\":true,\"UUIDs\":[\"" + UNKNOWN + "\"]}        | #",
                "{\"UUIDs\":[]}                                        | #/UUIDs",
                "{\"UUIDs\":[1]}                                       | #/UUIDs/0",
                "{\"UUIDs\":[\"" + UNKNOWN + "\",\"x\"]}               | #/UUIDs/1",
                "{\"all\":true,\"limit\":1}                            | #/limit",
            })
    void aWrongWishRevivesNone(String body, String pointer) {
        client.post(REDRIVE, body).isProblem(400, "invalid-field").says("\"errors\":[{\"pointer\":\"" + pointer + "\"");
        areDead(dead);
    }

    @Test
    void theWishIsABodyOfJson() {
        client.post(REDRIVE).isProblem(400, "malformed-json");
        client.send("POST", REDRIVE, BodyPublishers.ofString("{\"all\":true}"))
                .isProblem(415, "unsupported-media-type");
        client.post(REDRIVE + "?all=true", "{\"all\":true}").isProblem(400, "invalid-parameter");
        client.get(REDRIVE).isProblem(405, "method-not-allowed").has("Allow", "POST");
        String many = ("\"" + UNKNOWN + "\",").repeat(1000);
        client.post(REDRIVE, "{\"UUIDs\":[" + many + "\"" + UNKNOWN + "\"]}").isProblem(400, "invalid-field");
        client.post(REDRIVE, "{\"UUIDs\":[" + many.substring(0, many.length() - 1) + "]}")
                .is(200);
        areDead(dead);
    }

    @Test
    void aDatabaseThatIsAwayRevivesNone() {
        service.store.goAway(new Fault.Unavailable("The database is away."));
        client.post(REDRIVE, "{\"all\":true}").isProblem(503, "unavailable").has("Retry-After", "1");
        client.get("/workflow/dead").isProblem(503, "unavailable");
        service.store.goAway(null);
        areDead(dead);
    }
}
