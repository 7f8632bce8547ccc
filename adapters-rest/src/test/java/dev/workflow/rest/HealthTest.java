package dev.workflow.rest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.workflow.domain.Health;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class HealthTest extends ServiceTest {
    @BeforeEach
    void sound() {
        startAgain();
    }

    @Test
    void allIsWell() {
        assertThat(client.get("/health")
                        .is(200)
                        .has("Content-Type", "application/json")
                        .text())
                .isEqualTo("{\"status\":\"up\",\"phase\":\"serving\","
                        + "\"database\":{\"status\":\"up\",\"fsync\":\"on\"},\"queue\":{\"status\":\"up\"}}");
        assertThat(client.get("/health/readiness/").is(200).text())
                .isEqualTo("{\"status\":\"up\",\"phase\":\"serving\"}");
        assertThat(client.get("/health/liveness").is(200).text()).isEqualTo("{\"status\":\"up\"}");
        client.head("/health").is(200);
        client.head("/health/liveness").is(200);
        client.head("/health/readiness").is(200);
    }

    @Test
    void withoutTheBrokerItGoesOn() {
        service.queueHealth = new Health.Down("No connection.");

        client.get("/health/readiness").is(200).says("\"status\":\"degraded\"");
        client.get("/health").is(200).says("\"queue\":{\"status\":\"down\",\"reason\":\"No connection.\"}");
    }

    @Test
    void withoutTheDatabaseItIsNotReadyButAlive() {
        service.databaseHealth = new Health.Down("It says \"no\".");

        client.get("/health/readiness").is(503).has("Retry-After", "1").says("\"status\":\"down\"");
        client.get("/health").is(503).says("\"reason\":\"It says \\\"no\\\".\"");
        client.get("/health/liveness").is(200);
    }

    @Test
    void whileStartingAndStoppingItIsNotReady() {
        service.lifecycle.drain();

        client.get("/health/readiness").is(503).says("\"phase\":\"draining\"");
        client.get("/health/liveness").is(200);
    }

    @Test
    void detailsCanHoldAnything() {
        service.databaseHealth = new Health.Up(Map.of("a\nb", "\u0001 ä \"q\" \\"));

        client.get("/health").is(200).says("\"a\\u000ab\":\"\\u0001 ä \\\"q\\\" \\\\\"");
    }

    @Test
    void onlyGet() {
        client.send("POST", "/health", BodyPublishers.noBody())
                .isProblem(405, "method-not-allowed")
                .has("Allow", "GET, HEAD");
        client.get("/health?a=1").isProblem(400, "invalid-parameter");
        client.get("/health/other").isProblem(404, "unknown-path").says("/openapi.yml");
    }
}
