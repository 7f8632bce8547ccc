package dev.workflow.rest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.workflow.domain.Fault;
import dev.workflow.domain.delivery.SettleOutcome;
import dev.workflow.domain.port.DeliveryRepository;
import java.lang.reflect.Proxy;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a consumer says of workflows that it has on a lease. */
final class SettleTest extends ClockedServiceTest {
    private static final String NOW = "\"2026-11-25T10:00:00.250000Z\"";

    private String first = "";
    private String second = "";
    private String delivery = "";
    private String target = "";

    @BeforeEach
    void leaseTwo() {
        first = submit("1");
        second = submit("2");
        service.awaitPublished();
        delivery = client.get("/workflow/consume?max=2&lease=30").is(200).delivery();
        target = "/workflow/delivery/" + delivery;
    }

    private String settled(String state, String times) {
        return "{\"id\":\"" + delivery + "\",\"state\":\"" + state + "\",\"UUIDs\":[\"" + first + "\",\"" + second
                + "\"]," + times + "}";
    }

    private static String at(String leaseExpiresAt, String settledAt) {
        return "\"delivered_at\":" + NOW + ",\"lease_expires_at\":" + leaseExpiresAt + ",\"settled_at\":" + settledAt;
    }

    private void isStillLeased() {
        client.get(target).has("Workflow-Delivery-State", "leased");
        client.get("/workflow/" + first).says("\"state\":\"leased\"", "\"attempts\":0");
        client.get("/workflow/" + second).says("\"state\":\"leased\"", "\"attempts\":0");
    }

    @Test
    void anAcknowledgementConsumes() {
        clock.advance(Duration.ofSeconds(5));
        Reply reply = client.post(target + "/ack").is(200).has("Content-Type", "application/json");

        assertThat(reply.text()).isEqualTo(settled("acked", at("null", "\"2026-11-25T10:00:05.250000Z\"")));
        reply.has("Content-Length", Integer.toString(reply.body().length));
        client.get("/workflow/" + first)
                .says("\"state\":\"consumed\"", "\"consumed_at\":\"2026-11-25T10:00:05.250000Z\"", "\"attempts\":0");
        assertThat(client.post(target + "/ack/", "{}").is(200).text()).isEqualTo(reply.text());
    }

    @Test
    void aRefusalPutsBackAtOnce() {
        Reply reply = client.post(target + "/nack").is(200);

        assertThat(reply.text()).isEqualTo(settled("nacked", at("null", NOW)));
        client.get("/workflow/" + first)
                .says("\"state\":\"waiting\"", "\"attempts\":1", "\"last_error\":null", "\"available_at\":null");
        client.get("/workflow/consume?wait=20").is(200).has("Workflow-Attempt", "2");
        assertThat(client.post(target + "/nack", "{}").is(200).text()).isEqualTo(reply.text());
    }

    @Test
    void aRefusalMaySayWhyAndForHowLong() {
        client.post(target + "/nack", "{\"delay\":43200,\"error\":\"no \\u00fcberweisung\"}")
                .is(200);

        client.get("/workflow/" + first)
                .says(
                        "\"state\":\"delayed\"",
                        "\"available_at\":\"2026-11-25T22:00:00.250000Z\"",
                        "\"last_error\":\"no überweisung\"");
        client.get("/workflow/consume").is(204);
        clock.advance(Duration.ofHours(12));
        service.endLeases();
        client.get("/workflow/consume?wait=20&max=2").is(200);
    }

    @Test
    void aReasonIsCutAtTwoThousandCodePoints() {
        client.post(target + "/nack", "{\"error\":\"" + "😀".repeat(2001) + "\"}")
                .is(200);

        client.get("/workflow/" + first).says("\"last_error\":\"" + "😀".repeat(2000) + "\"");
    }

    @Test
    void aRefusalOfSomeAcknowledgesTheRest() {
        Reply reply = client.post(target + "/nack", "{\"UUIDs\":[\"" + second + "\",\"" + second + "\"]}")
                .is(200);

        assertThat(reply.text()).isEqualTo(settled("nacked", at("null", NOW) + ",\"nacked\":[\"" + second + "\"]"));
        client.get("/workflow/" + first).says("\"state\":\"consumed\"");
        client.get("/workflow/" + second).says("\"state\":\"waiting\"", "\"attempts\":1");
    }

    @Test
    void aWorkflowOfAnotherDeliveryIsNamedAndNothingIsSettled() {
        client.post(target + "/nack", "{\"UUIDs\":[\"" + first + "\",\"" + UNKNOWN + "\"]}")
                .isProblem(400, "invalid-field")
                .says("\"errors\":[{\"pointer\":\"#/UUIDs/1\"");
        isStillLeased();
    }

    @Test
    void ofManyWorkflowsOfAnotherDeliveryAHundredAreNamed() {
        String many = ("\"" + UNKNOWN + "\",").repeat(101) + "\"" + first + "\"";
        Reply reply = client.post(target + "/nack", "{\"UUIDs\":[" + many + "]}")
                .isProblem(400, "invalid-field")
                .says("#/UUIDs/99\"");
        assertThat(reply.text()).doesNotContain("#/UUIDs/100\"");
        isStillLeased();
    }

    @Test
    void whoNamesAWorkflowThatAStatusChangeTookOutIsSentToThoseThatAreLeft() {
        client.patch("/workflow/" + first, "{\"status\":\"consumed\"}").is(200);

        client.post(target + "/nack", "{\"UUIDs\":[\"" + first + "\"]}")
                .isProblem(400, "invalid-field")
                .says("GET /workflow?delivery_id={id}&state=leased lists those that are.");
        assertThat(client.get("/workflow?delivery_id=" + delivery + "&state=leased")
                        .is(200)
                        .text())
                .contains(second)
                .doesNotContain(first);
    }

    @Test
    void anExtensionCountsFromNow() {
        clock.advance(Duration.ofSeconds(29));
        Reply reply = client.post(target + "/extend", "{\"lease\":60}").is(200);

        assertThat(reply.text()).isEqualTo(settled("leased", at("\"2026-11-25T10:01:29.250000Z\"", "null")));
        clock.advance(Duration.ofSeconds(59));
        service.endLeases();
        client.get("/workflow/" + first).says("\"lease_expires_at\":\"2026-11-25T10:01:29.250000Z\"");
        client.post(target + "/ack").is(200);
    }

    @Test
    void anExtensionWithoutALengthIsAsLongAsAtFirst() {
        clock.advance(Duration.ofSeconds(10));
        client.post(target + "/extend").is(200).says("\"lease_expires_at\":\"2026-11-25T10:00:40.250000Z\"");
        client.post(target + "/extend", "{}").is(200).says("\"lease_expires_at\":\"2026-11-25T10:00:40.250000Z\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ack", "nack", "extend"})
    void nothingCanBeSaidFirstAfterTheEnd(String verb) {
        clock.advance(Duration.ofSeconds(30));
        client.post(target + "/" + verb)
                .isProblem(409, "lease-expired")
                .hasNo("Retry-After")
                .says("went back to the queue");
        service.endLeases();
        client.post(target + "/" + verb).isProblem(409, "lease-expired");
        client.get("/workflow/" + first)
                .says("\"state\":\"waiting\"", "\"attempts\":1", "\"last_error\":\"lease expired\"");
    }

    @Test
    void theSameCanBeSaidAgainAfterTheEnd() {
        String acknowledged = client.post(target + "/ack").is(200).text();
        clock.advance(Duration.ofHours(1));
        service.endLeases();

        assertThat(client.post(target + "/ack").is(200).text()).isEqualTo(acknowledged);
    }

    @ParameterizedTest
    @CsvSource({"ack, nack", "ack, extend", "nack, ack", "nack, extend"})
    void nothingElseCanBeSaidAfterwards(String said, String verb) {
        client.post(target + "/" + said).is(200);
        client.post(target + "/" + verb)
                .isProblem(409, "already-settled")
                .says("is " + said + "ed already", "GET /workflow/delivery/{id}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ack", "nack", "extend"})
    void ofADeliveryThatStatusChangesEmptiedItIsSaidSo(String verb) {
        client.patch("/workflow/" + first, "{\"status\":\"consumed\"}").is(200);
        client.patch("/workflow/" + second, "{\"status\":\"consumed\"}").is(200);
        for (int i = 0; i < 2; i++) {
            client.post(target + "/" + verb)
                    .isProblem(409, "already-settled")
                    .says("Status changes took all its workflows out", "GET /workflow/delivery/{id}");
            clock.advance(Duration.ofSeconds(30));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"ack", "nack", "extend"})
    void aFinalDeliveryIsNoMatterOfOpinion(String verb) {
        submit("3");
        String done = client.get("/workflow/consume").is(200).delivery();
        client.post("/workflow/delivery/" + done + "/" + verb)
                .isProblem(409, "not-leased")
                .says("nothing to settle");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ack", "nack", "extend"})
    void anUnknownDeliveryIsNotFound(String verb) {
        client.post("/workflow/delivery/" + UNKNOWN + "/" + verb).isProblem(404, "unknown-delivery");
        client.post("/workflow/delivery/x/" + verb).isProblem(400, "invalid-uuid");
        client.post(target + "/" + verb + "?lease=5").isProblem(400, "invalid-parameter");
        isStillLeased();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                "ack    | []                            | #",
                "ack    | null                          | #",
                "ack    | {\"delay\":1}                 | #/delay",
                "nack   | []                            | #",
                "nack   | {\"status\":\"consumed\"}     | #/status",
                "nack   | {\"delay\":1,\"delay\":1}     | #/delay",
                "nack   | {\"delay\":-1}                | #/delay",
                "nack   | {\"delay\":43201}             | #/delay",
                "nack   | {\"delay\":99999999999}       | #/delay",
                "nack   | {\"delay\":1.0}               | #/delay",
                "nack   | {\"delay\":\"1\"}             | #/delay",
                "nack   | {\"delay\":null}              | #/delay",
                "nack   | {\"error\":1}                 | #/error",
                "nack   | {\"error\":[[\"x\"]]}         | #/error",
                "nack   | {\"UUIDs\":[]}                | #/UUIDs",
                "nack   | {\"UUIDs\":\"x\"}             | #/UUIDs",
                "nack   | {\"UUIDs\":[\"x\"]}           | #/UUIDs/0",
                "nack   | {\"UUIDs\":[{}]}              | #/UUIDs/0",
                "extend | {\"lease\":0}                 | #/lease",
                "extend | {\"lease\":43201}             | #/lease",
                "extend | {\"lease\":true}              | #/lease",
                "extend | {\"leese\":1}                 | #/leese",
            })
    void aWrongBodyIsPointedAtAndNothingIsSettled(String verb, String body, String pointer) {
        client.post(target + "/" + verb, body)
                .isProblem(400, "invalid-field")
                .says("\"errors\":[{\"pointer\":\"" + pointer + "\"");
        isStillLeased();
    }

    @Test
    void aReasonThatCannotBeStoredIsRefused() {
        client.post(target + "/nack", "{\"error\":\"\\u0000\"}")
                .isProblem(400, "unstorable-json")
                .says("#/error");
        client.post(target + "/nack", "{\"error\":\"\\ud800\"}").isProblem(400, "unstorable-json");
        isStillLeased();
    }

    @ParameterizedTest
    @ValueSource(strings = {"ack", "nack", "extend"})
    void aBodyHasAType(String verb) {
        client.send("POST", target + "/" + verb, BodyPublishers.ofString("{}"))
                .isProblem(415, "unsupported-media-type");
        client.send("POST", target + "/" + verb, BodyPublishers.ofString("{}"), "Content-Type", "text/plain")
                .isProblem(415, "unsupported-media-type");
        client.post(target + "/" + verb, "{").isProblem(400, "malformed-json");
        client.post(target + "/" + verb, "{} {}").isProblem(400, "malformed-json");
        isStillLeased();
        client.send("POST", target + "/" + verb, BodyPublishers.noBody(), "Content-Type", "text/plain")
                .is(200);
    }

    @Test
    void namesOfMoreThanADeliveryCanHoldAreRefused() {
        String many = ("\"" + first + "\",").repeat(1000);
        client.post(target + "/nack", "{\"UUIDs\":[" + many + "\"" + first + "\"]}")
                .isProblem(400, "invalid-field")
                .says("#/UUIDs");
        isStillLeased();
        client.post(target + "/nack", "{\"UUIDs\":[" + many.substring(0, many.length() - 1) + "]}")
                .is(200);
    }

    @Test
    void keysAreNotNeededHereAndPassedOver() {
        client.post(target + "/nack", "{\"delay\":5}", "Idempotency-Key", "k")
                .is(200)
                .hasNo("Idempotent-Replayed");
        client.post(target + "/nack", "{}", "Idempotency-Key", "k").is(200).hasNo("Idempotent-Replayed");
        client.post(target + "/nack", "{}", "Idempotency-Key", "").is(200);
    }

    /** What else was said at the same time may hold. */
    @Test
    void whatAloneCouldNotBeSettledSaysSo() {
        Fault away = new Fault.Unavailable("The database went away.");
        Class<DeliveryRepository> port = DeliveryRepository.class;
        DeliveryRepository failing = port.cast(Proxy.newProxyInstance(
                port.getClassLoader(),
                new Class<?>[] {port},
                (proxy, method, arguments) -> List.of(new SettleOutcome.Failed(away))));
        try (TestService other = TestService.startWithClaims(store -> failing, Map.of());
                Client consumer = new Client(other)) {
            consumer.post(target + "/ack").isProblem(503, "unavailable").has("Retry-After", "1");
        }
    }

    @Test
    void aDatabaseThatIsAwaySettlesNothing() {
        service.store.goAway(new Fault.Unavailable("The database is away."));
        client.post(target + "/ack").isProblem(503, "unavailable").has("Retry-After", "1");
        client.get(target).isProblem(503, "unavailable");
        service.store.goAway(new Fault.OutcomeUnknown("The database went away.", new IllegalStateException()));
        client.post(target + "/extend").isProblem(503, "outcome-unknown").hasNo("Retry-After");
        service.store.goAway(null);
        isStillLeased();
    }
}
