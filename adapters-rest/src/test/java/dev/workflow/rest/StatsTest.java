package dev.workflow.rest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.workflow.domain.Fault;
import java.time.Duration;
import org.junit.jupiter.api.Test;

final class StatsTest extends ClockedServiceTest {
    @Test
    void tellOfNothing() {
        assertThat(client.get("/workflow/stats")
                        .is(200)
                        .has("Content-Type", "application/json")
                        .text())
                .isEqualTo("{\"waiting\":0,\"delayed\":0,\"leased\":0,\"dead\":0,\"consumed\":0,\"outbox\":0,"
                        + "\"oldest_age_seconds\":null,\"inserted_per_second\":0,\"consumed_per_second\":0}");
    }

    @Test
    void tellHowManyAreWhere() {
        for (int i = 0; i < 6; i++) {
            submit("1");
        }
        service.awaitPublished();
        client.get("/workflow/consume").is(200);
        client.get("/workflow/consume?lease=30").is(200);
        String refused = client.get("/workflow/consume?lease=30&max=2").delivery();
        client.post("/workflow/delivery/" + refused + "/nack", "{\"delay\":60}").is(200);
        clock.advance(Duration.ofMillis(12_345));

        client.get("/workflow/stats/")
                .is(200)
                .says("{\"waiting\":2,\"delayed\":2,\"leased\":1,\"dead\":0,\"consumed\":1,\"outbox\":")
                .says(",\"oldest_age_seconds\":12.345,");
    }

    @Test
    void haveAHeadAndNoParameters() {
        Reply whole = client.get("/workflow/stats");
        Reply head = client.head("/workflow/stats").is(200).has("Content-Type", "application/json");
        assertThat(head.body()).isEmpty();
        assertThat(head.header("Content-Length")).isEqualTo(whole.header("Content-Length"));
        client.get("/workflow/stats?a=1").isProblem(400, "invalid-parameter");
    }

    @Test
    void needTheDatabase() {
        service.store.goAway(new Fault.Unavailable("The database is away."));
        client.get("/workflow/stats").isProblem(503, "unavailable").has("Retry-After", "1");
    }
}
