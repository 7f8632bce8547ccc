package dev.workflow.rest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.workflow.rest.access.ApiKeys;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** API keys: who may ask for what. */
final class AccessTest extends ServiceTest {
    private static final String[] ROLES = {"producer", "consumer", "viewer", "admin"};
    private static final Set<String> EVERYBODY = Set.of("producer", "consumer", "viewer", "admin", "nobody");
    private static final Map<String, Set<String>> ALLOWED = Map.ofEntries(
            Map.entry("POST /workflow", Set.of("producer", "admin")),
            Map.entry("GET /workflow", Set.of("viewer", "admin")),
            Map.entry("GET /workflow/{}", Set.of("producer", "consumer", "viewer", "admin")),
            Map.entry("PATCH /workflow/{}", Set.of("admin")),
            Map.entry("GET /workflow/{}/csv", Set.of("consumer", "viewer", "admin")),
            Map.entry("POST /workflow/csv/preview", Set.of("producer", "consumer", "viewer", "admin")),
            Map.entry("GET /workflow/consume", Set.of("consumer", "admin")),
            Map.entry("POST /workflow/consume", Set.of("consumer", "admin")),
            Map.entry("GET /workflow/delivery/{}", Set.of("consumer", "admin")),
            Map.entry("POST /workflow/delivery/{}/ack", Set.of("consumer", "admin")),
            Map.entry("POST /workflow/delivery/{}/nack", Set.of("consumer", "admin")),
            Map.entry("POST /workflow/delivery/{}/extend", Set.of("consumer", "admin")),
            Map.entry("GET /workflow/dead", Set.of("viewer", "admin")),
            Map.entry("POST /workflow/dead/redrive", Set.of("admin")),
            Map.entry("GET /workflow/stats", Set.of("consumer", "viewer", "admin")),
            Map.entry("GET /health", EVERYBODY),
            Map.entry("GET /health/liveness", EVERYBODY),
            Map.entry("GET /health/readiness", EVERYBODY),
            Map.entry("GET /problems/{}", EVERYBODY),
            Map.entry("GET /openapi.yml", EVERYBODY));

    @Override
    TestService newService() {
        return TestService.start(ApiKeys.parse(Stream.concat(Stream.of(ROLES), Stream.of("another"))
                .map(name -> name + ":" + (name.equals("another") ? "producer" : name) + ":" + sha256(secret(name)))
                .collect(Collectors.joining(","))));
    }

    private static String secret(String name) {
        return "s3cret of-the+" + name;
    }

    private static String sha256(String secret) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(secret.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    private static String[] as(String name) {
        return new String[] {"X-API-Key", secret(name)};
    }

    private static String[] as(String name, String... headers) {
        List<String> all = new ArrayList<>(List.of(as(name)));
        all.addAll(List.of(headers));
        return all.toArray(String[]::new);
    }

    @TestFactory
    Stream<DynamicTest> everyRouteIsForItsRolesOnly() {
        return service.routes().stream()
                .map(route -> DynamicTest.dynamicTest(route, () -> {
                    Set<String> allowed = ALLOWED.get(route.replace("HEAD ", "GET "));
                    assertThat(allowed).as("roles of " + route).isNotNull();
                    for (String role : ROLES) {
                        assertThat(call(route, as(role))).as(role).isEqualTo(allowed.contains(role) ? 0 : 403);
                    }
                    int withoutKey = allowed.contains("nobody") ? 0 : 401;
                    assertThat(call(route)).isEqualTo(withoutKey);
                    assertThat(call(route, "X-API-Key", "guessed")).isEqualTo(withoutKey);
                    assertThat(call(route + "/", as("admin"))).isZero();
                }));
    }

    /** 401, 403, or 0 for all that tells nothing of access. */
    private int call(String route, String... headers) {
        String[] parts = route.split(" ", 2);
        Reply reply = client.send(parts[0], parts[1].replace("{}", UNKNOWN), BodyPublishers.noBody(), headers);
        return reply.status() == 401 || reply.status() == 403 ? reply.status() : 0;
    }

    @Test
    void aRequestWithoutAKeyIsToldHowToSendOne() {
        Reply refused = client.get("/workflow").isProblem(401, "unauthorized");

        refused.has("WWW-Authenticate", "Bearer realm=\"workflow\"");
        assertThat(refused.text()).contains("Authorization: Bearer", "X-API-Key");
        assertThat(client.head("/workflow").is(401).body()).isEmpty();
    }

    @Test
    void aKeyOfAnotherRoleIsToldWhichRoleItNeeds() {
        Reply refused = client.get("/workflow/consume", as("viewer")).isProblem(403, "forbidden");

        assertThat(refused.text()).contains("viewer", "consumer or admin");
        assertThat(refused.headers()).doesNotContainKey("www-authenticate");
    }

    @Test
    void bothHeadersCarryAKey() {
        String secret = secret("viewer");
        client.get("/workflow", "Authorization", "Bearer " + secret).is(200);
        client.get("/workflow", "authorization", "bearer  " + secret).is(200);
        client.get("/workflow", "X-API-Key", secret, "Authorization", "Bearer " + secret)
                .is(200);
        client.get("/workflow", "X-API-Key", secret, "Authorization", "Basic dTpw")
                .is(200);
    }

    @Test
    void whatIsNoKeyOrMoreThanOneIsRefused() {
        for (String[] headers : new String[][] {
            {"Authorization", secret("viewer")},
            {"Authorization", "Bearer"},
            {"Authorization", "Bearer "},
            {"Authorization", "Basic dTpw"},
            {"X-API-Key", ""},
            {"X-API-Key", sha256(secret("viewer"))},
            {"X-API-Key", secret("viewer"), "X-API-Key", secret("admin")},
            {"X-API-Key", secret("viewer"), "Authorization", "Bearer " + secret("admin")}
        }) {
            client.get("/workflow", headers).isProblem(401, "unauthorized");
        }
    }

    @Test
    void whatIsNotThereNeedsNoKey() {
        client.get("/nowhere").isProblem(404, "unknown-path");
        client.send("DELETE", "/workflow", BodyPublishers.noBody()).isProblem(405, "method-not-allowed");
    }

    @Test
    void aRefusedRequestDoesNothing() {
        startAgain();
        String body = "{\"data\":1}";
        client.post("/workflow", body).isProblem(401, "unauthorized");
        client.post("/workflow", body, as("consumer")).isProblem(403, "forbidden");
        client.post("/workflow", "{", as("consumer")).isProblem(403, "forbidden");
        assertThat(client.get("/workflow", as("viewer")).is(200).text()).isEqualTo("[]");

        String id = client.post("/workflow", body, as("producer")).is(201).uuid();
        service.awaitPublished();
        client.get("/workflow/consume").isProblem(401, "unauthorized");
        client.get("/workflow/consume", as("producer")).isProblem(403, "forbidden");
        client.get("/workflow/consume", as("consumer")).is(200).has("Workflow-UUID", id);
    }

    @Test
    void idempotencyKeysAreKeptApartForEachKey() {
        String body = "{\"data\":2}";
        String first = client.post("/workflow", body, as("producer", "Idempotency-Key", "k"))
                .is(201)
                .uuid();
        String other = client.post("/workflow", "{\"data\":3}", as("another", "Idempotency-Key", "k"))
                .is(201)
                .uuid();
        assertThat(other).isNotEqualTo(first);
        Reply again = client.post("/workflow", body, as("producer", "Idempotency-Key", "k"));
        again.is(201).has("Idempotent-Replayed", "true");
        assertThat(again.uuid()).isEqualTo(first);
    }
}
