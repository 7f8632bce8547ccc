package dev.workflow.rest;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What was handed over can be had again. */
final class DeliveryTest extends ClockedServiceTest {
    private void isTheSameAgain(Reply consumed, String state) {
        String target = consumed.header("Content-Location").orElseThrow();
        Reply again = client.get(target, "Accept", "image/png").is(200).has("Workflow-Delivery-State", state);
        assertThat(again.body()).isEqualTo(consumed.body());
        assertThat(again.lastingHeaders()).isEqualTo(consumed.lastingHeaders());
        Reply head = client.head(target + "/").is(200).has("Workflow-Delivery-State", state);
        assertThat(head.body()).isEmpty();
        assertThat(head.lastingHeaders()).isEqualTo(consumed.lastingHeaders());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "                                   | text/csv",
                "?delimiter=%3B&header=false        | text/csv",
                "?columns=b&with=UUID,attempt&bom=true | text/csv",
                "?max=2                             | text/csv",
                "?max=1&null=-                      | text/csv",
                "                                   | application/json",
                "?max=5                             | application/json",
                "?lease=30                          | text/csv",
                "?lease=30&max=2                    | application/json",
                "?arrays=unwind&max=3&lease=43200   | text/csv",
            })
    void itIsTheSameToTheByte(String query, String accept) {
        submit("{\"a\": [1.0, 2], \"b\": null}");
        submit("{\"c\":\"x;y\",\"b\":3}");
        service.awaitPublished();
        String target = query == null ? CONSUME : CONSUME + query;

        Reply consumed = client.get(target, "Accept", accept).is(200).hasNo("Workflow-Delivery-State");

        clock.advance(Duration.ofSeconds(5));
        isTheSameAgain(consumed, target.contains("lease") ? "leased" : "final");
    }

    @Test
    void aTableThatWasWrittenMorePlainlyIsSoAgain() {
        String array = "[" + "0,".repeat(399) + "0]";
        submit("{\"a\":" + array + ",\"b\":" + array + "}");

        isTheSameAgain(client.get(CONSUME + "?arrays=unwind").has("Workflow-Csv-Fallback", "unwind"), "final");
    }

    @Test
    void whatBecameOfItIsToldAndChangesNothingElse() {
        submit("1");
        submit("2");
        submit("3");
        Reply acked = client.get(CONSUME + "?lease=10").is(200);
        Reply nacked = client.get(CONSUME + "?lease=10").is(200);
        Reply expired = client.get(CONSUME + "?lease=10").is(200);
        client.post("/workflow/delivery/" + acked.delivery() + "/ack").is(200);
        client.post("/workflow/delivery/" + nacked.delivery() + "/nack", "{\"delay\":60}")
                .is(200);
        clock.advance(Duration.ofSeconds(10));

        isTheSameAgain(acked, "acked");
        isTheSameAgain(nacked, "nacked");
        isTheSameAgain(expired, "expired");
        service.endLeases();
        isTheSameAgain(expired, "expired");
    }

    @Test
    void aLeaseIsOverOnceStatusChangesTookAllItsWorkflows() {
        String first = submit("1");
        String second = submit("2");
        service.awaitPublished();
        Reply leased = client.get(CONSUME + "?lease=60&max=2").is(200);

        client.patch("/workflow/" + first, "{\"status\":\"consumed\"}").is(200);
        isTheSameAgain(leased, "leased");
        client.patch("/workflow/" + second, "{\"status\":\"consumed\"}").is(200);
        isTheSameAgain(leased, "expired");
    }

    @Test
    void anExtendedLeaseEndsInTheHeaderWhenItWasPromisedAtFirst() {
        submit("1");
        Reply leased = client.get(CONSUME + "?lease=10").has("Workflow-Lease-Expires", "2026-11-25T10:00:10.250000Z");
        client.post("/workflow/delivery/" + leased.delivery() + "/extend", "{\"lease\":60}")
                .is(200);

        isTheSameAgain(leased, "leased");
    }

    @Test
    void itsWorkflowsAreNamedByTheList() {
        String first = submit("1");
        String second = submit("2");
        submit("3");
        service.awaitPublished();
        String delivery = client.get(CONSUME + "?max=2").delivery();

        assertThat(client.get("/workflow?delivery_id=" + delivery).is(200).uuids())
                .containsExactly(first, second);
    }

    @Test
    void oneThatNeverWasIsUnknown() {
        client.get("/workflow/delivery/" + UNKNOWN).isProblem(404, "unknown-delivery");
        client.get("/workflow/delivery/" + UNKNOWN + "/").isProblem(404, "unknown-delivery");
        client.head("/workflow/delivery/" + UNKNOWN).is(404);
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "1-1-1-1-1", "csv", "dead", "%zz"})
    void anotherNameIsNoId(String name) {
        RawConnection.exchange(service, "GET /workflow/delivery/" + name + " HTTP/1.1\r\nHost: a\r\n\r\n")
                .isProblem(400, "invalid-uuid");
    }

    @Test
    void itHasNoParameters() {
        client.get("/workflow/delivery/" + UNKNOWN + "?delimiter=tab").isProblem(400, "invalid-parameter");
    }
}
