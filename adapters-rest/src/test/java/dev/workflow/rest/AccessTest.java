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
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** API keys: who may ask for what. */
final class AccessTest extends ServiceTest {
    private static final String[] ROLES = {"producer", "consumer", "viewer", "admin"};
    /** In UTF-8 its last byte is the end of a line, to Java. */
    private static final String EXOTIC = "ключ-х";

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
            Map.entry("GET /prometheus", Set.of("viewer", "admin")),
            Map.entry("GET /health", EVERYBODY),
            Map.entry("GET /health/liveness", EVERYBODY),
            Map.entry("GET /health/readiness", EVERYBODY),
            Map.entry("GET /problems/{}", EVERYBODY),
            Map.entry("GET /openapi.yml", EVERYBODY),
            Map.entry("GET /docs", EVERYBODY),
            Map.entry("GET /docs/{}", EVERYBODY),
            Map.entry("GET /console", EVERYBODY),
            Map.entry("GET /console/{}", EVERYBODY));

    @Override
    TestService newService() {
        return TestService.start(ApiKeys.parse(Stream.of(ROLES)
                        .flatMap(role ->
                                Stream.of(entry(role, role, role), entry("other-" + role, role, "other-" + role)))
                        .collect(Collectors.joining(","))
                + "," + entry("producer", "producer", "new") + "," + entry("exotic", "viewer", EXOTIC)));
    }

    private static String entry(String name, String role, String secretOf) {
        return name + ":" + role + ":" + sha256(secret(secretOf));
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
        client.get("/workflow", "X-API-Key", "", "Authorization", "Bearer " + secret)
                .is(200);
    }

    @Test
    void anyByteMayBePartOfAKey() {
        for (String header : new String[] {"X-API-Key: ", "Authorization: Bearer "}) {
            String head = "GET /workflow HTTP/1.1\r\nHost: a\r\n" + header + secret(EXOTIC) + "\r\n\r\n";
            try (RawConnection connection = new RawConnection(service)) {
                connection.send(head.getBytes(StandardCharsets.UTF_8)).reply().is(200);
            }
        }
    }

    @Test
    void whatIsNoKeyOrMoreThanOneIsRefused() {
        for (String[] headers : new String[][] {
            {"Authorization", secret("viewer")},
            {"Authorization", "Bearer"},
            {"Authorization", "Bearer "},
            {"Authorization", "Basic dTpw"},
            {"X-API-Key", ""},
            {"X-API-Key", "", "Authorization", "Bearer "},
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

    @TestFactory
    Stream<DynamicTest> theDescriptionNamesTheRoles() {
        return new Description(client.get("/openapi.yml").is(200).text())
                .operations().stream()
                        .map(each -> DynamicTest.dynamicTest(each.method() + " " + each.path(), () -> {
                            Set<String> allowed = ALLOWED.get(
                                    each.method() + " " + each.path().replaceAll("\\{[^}]*}", "{}"));
                            assertThat(each.roles()).isEqualTo(allowed.equals(EVERYBODY) ? Set.of() : allowed);
                            assertThat(each.responses().containsKey("401")).isEqualTo(!allowed.equals(EVERYBODY));
                            assertThat(each.responses().containsKey("403"))
                                    .isEqualTo(!allowed.containsAll(List.of(ROLES)));
                        }));
    }

    @Test
    void whatOneWasShownNoCacheShowsAnother() {
        client.get("/workflow", as("viewer")).is(200).has("Cache-Control", "private, no-cache");
        client.get("/workflow/consume", as("consumer")).has("Cache-Control", "no-store");
        assertThat(client.get("/health").is(200).header("Cache-Control")).isEmpty();
    }

    @Test
    void idempotencyKeysAreKeptApartForEachHolder() {
        Reply first = twice("producer", (headers, body) -> client.post("/workflow", body, headers));
        Reply other = twice("other-producer", (headers, body) -> client.post("/workflow", body, headers));
        assertThat(other.uuid()).isNotEqualTo(first.uuid());
        service.awaitPublished();
        Reply taken = twice("consumer", (headers, body) -> client.get("/workflow/consume", headers));
        Reply otherTaken = twice("other-consumer", (headers, body) -> client.get("/workflow/consume", headers));
        assertThat(otherTaken.delivery()).isNotEqualTo(taken.delivery());
        String path = "/workflow/" + first.uuid();
        twice("admin", (headers, body) -> client.patch(path, "{\"status\":\"inserted\"}", headers));
        twice("other-admin", (headers, body) -> client.patch(path, "{\"status\":\"consumed\"}", headers));
    }

    /** Asks twice with the same Idempotency-Key, which everybody else uses, too. */
    private static Reply twice(String holder, BiFunction<String[], String, Reply> call) {
        String body = "{\"data\":\"" + holder + "\"}";
        Reply first = call.apply(as(holder, "Idempotency-Key", "everybody's"), body);
        assertThat(first.status()).as(first.text()).isIn(200, 201);
        assertThat(first.header("Idempotent-Replayed")).isEmpty();
        Reply again = call.apply(as(holder, "Idempotency-Key", "everybody's"), body);
        again.has("Idempotent-Replayed", "true");
        assertThat(again.text()).isEqualTo(first.text());
        return again;
    }

    @Test
    void aSecondSecretOfTheSameHolderDoesTheSame() {
        String[] old = as("producer", "Idempotency-Key", "rotation");
        String[] fresh = as("new", "Idempotency-Key", "rotation");
        String id = client.post("/workflow", "{\"data\":4}", old).is(201).uuid();

        Reply again = client.post("/workflow", "{\"data\":4}", fresh);

        again.is(201).has("Idempotent-Replayed", "true");
        assertThat(again.uuid()).isEqualTo(id);
    }

    @Test
    void theConnectionStaysInStepAfterARefusal() {
        String head = "POST /workflow HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n";
        String next = "GET /health/liveness HTTP/1.1\r\nHost: a\r\n\r\n";
        try (RawConnection connection = new RawConnection(service)) {
            connection.send(head + "Content-Length: 10\r\n\r\n{\"data\":1}" + next);
            connection.reply().isProblem(401, "unauthorized");
            connection.reply().is(200);
            connection.send(head + "Transfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n" + next);
            connection.reply().isProblem(401, "unauthorized");
            connection.reply().is(200);
        }
    }
}
