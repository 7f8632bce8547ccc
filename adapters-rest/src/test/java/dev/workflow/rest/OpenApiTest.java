package dev.workflow.rest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.workflow.domain.Health;
import dev.workflow.rest.Description.Operation;
import dev.workflow.rest.problem.ProblemType;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The description says what is so. */
final class OpenApiTest extends ServiceTest {
    private static final Pattern MEMBER = Pattern.compile("[{,]\"([A-Za-z_]+)\":");
    private static final Pattern TYPE_IN_TEXT =
            Pattern.compile("`([a-z]+(?:-[a-z]+)+|unavailable|overloaded|draining|forbidden)`");
    /** What every answer has. */
    private static final Set<String> OF_ALL = Set.of("content-length", "content-type", "date", "x-request-id");

    private Description description;

    @BeforeEach
    void read() {
        startAgain();
        description = new Description(client.get("/openapi.yml").is(200).text());
    }

    @Test
    void isOpenApiInYaml() {
        assertThat(description.version()).startsWith("3.1.");
        client.get("/openapi.yml").has("Content-Type", "application/yaml");
        assertThat(client.head("/openapi.yml/").is(200).body()).isEmpty();
        client.get("/openapi.yml?a=1").isProblem(400, "invalid-parameter");
    }

    @Test
    void namesEveryRouteAndNoOther() {
        Set<String> described = description.operations().stream()
                .map(each -> each.method() + " " + each.path().replaceAll("\\{[^}]*}", "{}"))
                .collect(Collectors.toCollection(TreeSet::new));
        Set<String> routes = service.routes();
        routes.removeIf(route -> route.startsWith("HEAD "));

        assertThat(described).isEqualTo(routes);
    }

    @Test
    void namesEveryQueryParameterAndNoOther() {
        List<Operation> operations = description.operations();
        Set<String> all = operations.stream()
                .flatMap(each -> each.namesIn("query").stream())
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(all).hasSize(26);
        for (Operation operation : operations) {
            for (String name : all) {
                assertThat(operation.namesIn("query").contains(name))
                        .as(operation.method() + " " + operation.path() + " " + name)
                        .isEqualTo(isKnown(operation, name));
            }
        }
    }

    private boolean isKnown(Operation operation, String name) {
        if (operation.path().endsWith("/preview") && name.equals("with")) {
            return false; // known only to say why it cannot be had
        }
        String target = operation.path().replaceAll("\\{name}", "invalid-uuid").replaceAll("\\{[^}]*}", UNKNOWN);
        Reply reply = client.send(operation.method(), target + "?" + name + "=%22", BodyPublishers.noBody());
        return Stream.of("The query parameter " + name + " is not known here.", "This path takes no query parameters.")
                .noneMatch(reply.text()::contains);
    }

    /** Pages and clients send what stands there, whatever form they ask for. */
    @Test
    void whatItSuggestsForTheQueryIsTaken() {
        String refusal = "{\"type\":\"/problems/invalid-parameter\"";
        for (Operation each : description.operations()) {
            String target = each.path().replaceAll("\\{[^}]*}", UNKNOWN) + each.suggestedQuery();
            Reply reply = client.send(each.method(), target, BodyPublishers.noBody(), "Accept", "application/json");
            assertThat(reply.text()).as(each.method() + " " + target).doesNotStartWith(refusal);
        }
    }

    /** The page at /docs would stand still for minutes with all workflows that a busy service has. */
    @Test
    void suggestsOnePageOfEachList() {
        assertThat(description.operations())
                .filteredOn(each ->
                        each.method().equals("GET") && each.namesIn("query").contains("limit"))
                .hasSize(2)
                .allSatisfy(each -> assertThat(each.suggestedQuery()).contains("limit=100"));
    }

    /** Its texts are Markdown. */
    @Test
    void noLineBeginsAsAListByChance() {
        assertThat(client.get("/openapi.yml").text()).doesNotContainPattern("(?m)^ +[0-9]+[.)] ");
    }

    @Test
    void namesTheKeyWhereverItIsTaken() {
        Set<String> taking = description.operations().stream()
                .filter(each -> each.namesIn("header").contains("Idempotency-Key"))
                .map(each -> each.method() + " " + each.path())
                .collect(Collectors.toSet());

        assertThat(taking)
                .containsExactlyInAnyOrder(
                        "POST /workflow",
                        "GET /workflow/consume",
                        "POST /workflow/consume",
                        "PATCH /workflow/{UUID}",
                        "POST /workflow/dead/redrive");
        for (Operation each : description.operations()) {
            String target = each.path().replaceAll("\\{[^}]*}", UNKNOWN);
            Reply reply = client.send(each.method(), target, BodyPublishers.noBody(), "Idempotency-Key", "a b");
            assertThat(reply.text().contains("The header Idempotency-Key"))
                    .as(target)
                    .isEqualTo(taking.contains(each.method() + " " + each.path()));
        }
    }

    @Test
    void namesWhereAcceptChoosesTheForm() {
        for (Operation each : description.operations()) {
            String target = each.path().replaceAll("\\{[^}]*}", UNKNOWN);
            Reply reply = client.send(each.method(), target, BodyPublishers.noBody(), "Accept", "image/png");
            assertThat(reply.status() == 406)
                    .as(each.method() + " " + target)
                    .isEqualTo(each.responses().containsKey("406"));
        }
    }

    /** A schema is of the whole body. */
    @Test
    void whatIsNotOneJsonValueIsText() {
        for (Operation each : description.operations()) {
            each.responses()
                    .forEach((status, response) -> ((Map<?, ?>) content(response)).forEach((type, form) -> {
                        Object schema = ((Map<?, ?>) ((Map<?, ?>) form).get("schema")).get("type");
                        assertThat(type.toString().endsWith("json") && !type.equals("application/x-ndjson")
                                        || "string".equals(schema))
                                .as(each.method() + " " + each.path() + " " + status + " " + type)
                                .isTrue();
                    }));
        }
    }

    private static Object content(Object response) {
        Object content = ((Map<?, ?>) response).get("content");
        return content == null ? Map.of() : content;
    }

    @Test
    void namesWhereABodyIsTooLarge() {
        for (Operation each : description.operations()) {
            String target = each.path().replaceAll("\\{[^}]*}", UNKNOWN);
            BodyPublisher body = BodyPublishers.ofString("1".repeat(1_048_577));
            Reply reply = client.send(each.method(), target, body, "Content-Type", "application/json");
            assertThat(reply.status() == 413)
                    .as(each.method() + " " + target)
                    .isEqualTo(each.responses().containsKey("413"));
        }
    }

    @Test
    void namesEveryTypeOfProblem() {
        Map<String, Object> type = description.at("components", "schemas", "Problem", "properties", "type");

        assertThat(type.get("enum"))
                .isEqualTo(Arrays.stream(ProblemType.values())
                        .map(each -> "/problems/" + each.slug())
                        .toList());
    }

    @Test
    void namesTypesOfProblemsAtTheirStatus() {
        int named = 0;
        for (Operation operation : description.operations()) {
            for (Map.Entry<String, Object> response : operation.responses().entrySet()) {
                int status = Integer.parseInt(response.getKey());
                String text = (String) ((Map<?, ?>) response.getValue()).get("description");
                for (MatchResult match :
                        TYPE_IN_TEXT.matcher(status < 400 ? "" : text).results().toList()) {
                    assertThat(ProblemType.ofSlug(match.group(1)).map(ProblemType::status))
                            .as(match.group(1))
                            .contains(status);
                    named++;
                }
            }
        }
        assertThat(named).isGreaterThan(100);
    }

    /** The most used generator of clients cannot read them. */
    @Test
    void hasNoAnchors() {
        assertThat(client.get("/openapi.yml").text()).doesNotContainPattern("(?m)^[^\"`]*[:-] +[&*]");
    }

    /** Some generators make what has a default a member that must be given. */
    @Test
    void noMemberOfABodyHasADefault() {
        assertThat(client.get("/openapi.yml").text()).doesNotContainPattern("(?m)^ +default:");
    }

    @Test
    void namesTheMembersOfAnswers() {
        String id = submit("1");
        assertThat(members(client.get("/workflow/" + id))).isEqualTo(List.copyOf(description.members("Workflow")));
        submit("2");
        service.awaitPublished();
        Reply leased = client.get("/workflow/consume?lease=60&max=2");
        String second = client.get("/workflow?state=leased&order=desc").uuid();
        Reply settled =
                client.post("/workflow/delivery/" + leased.delivery() + "/nack", "{\"UUIDs\":[\"" + second + "\"]}");
        assertThat(members(settled)).isEqualTo(List.copyOf(description.members("Settlement")));
        assertThat(members(client.get("/workflow/stats"))).isEqualTo(List.copyOf(description.members("Stats")));
        assertThat(description.members("Health")).containsAll(members(client.get("/health/readiness")));
        assertThat(members(client.post("/workflow/dead/redrive", "{\"all\":true}")))
                .isEqualTo(List.copyOf(description.members("Redriven")));
    }

    private static List<String> members(Reply reply) {
        return MEMBER.matcher(reply.is(200).text())
                .results()
                .map(each -> each.group(1))
                .toList();
    }

    @Test
    void namesTheHeadersOfAnswers() {
        String id = submit("{\"a\":1,\"b\":2}");
        String key = "Idempotency-Key";
        String consume = "/workflow/consume";
        client.get(consume + "?lease=60&columns=a", key, "k").is(200);
        Set<String> seen = headers(client.get(consume + "?lease=60&columns=a", key, "k"), "GET", consume);
        seen.add("workflow-csv-fallback");
        assertThat(seen).isEqualTo(described("GET", consume, "200"));
        headers(client.get("/workflow/consume"), "GET", consume);
        headers(client.get("/workflow/" + id), "GET", "/workflow/{UUID}");
        headers(client.get("/workflow?limit=1", "Accept", "text/csv"), "GET", "/workflow");
        headers(client.post("/workflow", "{\"data\":1}", key, "p"), "POST", "/workflow");
        headers(client.post("/workflow", "{\"data\":1}", key, "p"), "POST", "/workflow");
        headers(client.get("/workflow/" + id + "/csv?columns=a"), "GET", "/workflow/{UUID}/csv");
        service.databaseHealth = new Health.Down("away");
        headers(client.get("/health").is(503), "GET", "/health");
        headers(client.get("/health/readiness").is(503), "GET", "/health/readiness");
    }

    /** The headers of an answer, after asserting that each is described. */
    private Set<String> headers(Reply reply, String method, String path) {
        Set<String> names = reply.headers().keySet().stream()
                .map(each -> each.toLowerCase(Locale.ROOT))
                .filter(each -> !OF_ALL.contains(each))
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(described(method, path, Integer.toString(reply.status()))).containsAll(names);
        return names;
    }

    private Set<String> described(String method, String path, String status) {
        Map<?, ?> response =
                (Map<?, ?>) description.operation(method, path).responses().get(status);
        return ((Map<?, ?>) response.get("headers"))
                .keySet().stream()
                        .map(each -> each.toString().toLowerCase(Locale.ROOT))
                        .collect(Collectors.toCollection(TreeSet::new));
    }
}
