package dev.workflow.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import dev.workflow.contracts.Eventually;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The console as somebody at a browser finds it. */
final class ConsoleTest extends OnBrowserTest {
    private long waiting(String step) {
        return UUID.matcher(client.get("/workflow?state=waiting&step=" + step).body())
                .results()
                .count();
    }

    @Test
    void whatIsSubmittedIsFoundAsItWasWritten() {
        String data = "{ \"n\": 1.0, \"big\": 12345678901234567890,\n  \"a\": \"<img src=x onerror=hacked=1>\" }";
        goTo("Submit", "submit");
        browser.fill("Data", data);
        browser.fill("Steps", "check\n<img src=x onerror=hacked=1>\n");
        browser.press("Submit workflow");
        browser.sees("Stored as ");
        String id = browser.value("document.querySelector('#submit output a').textContent");
        assertThat(client.get("/workflow/" + id).body()).contains("\"data\":" + data);

        goTo("Workflows", "workflows");
        browser.fill("Step", "check");
        browser.press("Show");
        browser.sees("1 workflow.");
        assertThat(browser.value("location.hash")).isEqualTo("#/workflows?step=check");
        browser.sees("check → <img src=x onerror=hacked=1>");
        goTo(id, "workflow");
        browser.sees("waiting");
        assertThat(browser.value("document.getElementById('data').textContent")).isEqualTo(data);
        browser.sees("n,big,a\r\n1.0,12345678901234567890,<img src=x onerror=hacked=1>");
        assertThat(browser.value("document.images.length + typeof hacked")).isEqualTo("0undefined");

        browser.run("history.back()");
        browser.sees("1 workflow.");
        assertThat(browser.value("document.querySelector('[name=step]').value")).isEqualTo("check");
    }

    @Test
    void pagesAndCriteriaAreInTheAddress() {
        StringBuilder many = new StringBuilder("[");
        for (int i = 0; i < 26; i++) {
            many.append("{\"data\":{\"i\":").append(i).append("},\"steps\":[\"paged\"]},");
        }
        client.post(
                "/workflow", many.deleteCharAt(many.length() - 1).append(']').toString());

        show("#/workflows?step=paged");
        browser.sees("25 workflows, and more on the next page.");
        browser.press("Next page");
        browser.sees("1 workflow.");
        browser.sees("{\"i\":0}");
        assertThat(browser.value("location.hash")).contains("step=paged", "after=");
        browser.press("First page");
        browser.sees("25 workflows");
        browser.fill("Data contains", "{\"i\": 7}");
        browser.fill("Created since", "2020-01-01T00:00:00");
        browser.fill("Created before", "2999-01-01T00:00:00");
        browser.press("Show");
        browser.sees("1 workflow.");
        browser.fill("Created before", "2020-01-01T00:00:01");
        browser.press("Show");
        browser.sees("There are none like this.");
        browser.fill("Data contains", "{");
        browser.press("Show");
        browser.sees("A parameter is not valid");
    }

    @Test
    void whatWasConsumedIsFoundByWhenThatWas() {
        String id = submit("{\"data\":1,\"steps\":[\"timed\"]}");
        client.patch("/workflow/" + id, "{\"status\":\"consumed\"}");

        show("#/workflows?step=timed&consumed_before=2020-01-01T00:00:00Z");
        browser.sees("There are none like this.");
        assertThat(browser.value("new Date(document.querySelector('[name=consumed_before]').value).toISOString()"))
                .isEqualTo("2020-01-01T00:00:00.000Z");
        browser.fill("Consumed since", "2020-01-01T00:00:00");
        browser.fill("Consumed before", "2999-01-01T00:00:00");
        browser.press("Show");
        browser.sees("1 workflow.");
        assertThat(browser.value("location.hash")).contains("consumed_since=", "consumed_before=");
    }

    @Test
    void aWorkflowIsMarkedConsumedAndPutBackUnlessItChanged() {
        String id = submit("{\"data\":1}");
        show("#/workflow/" + id);
        browser.press("Mark consumed");
        browser.sees("It is consumed now.");
        assertThat(client.get("/workflow/" + id).body()).contains("\"status\":\"consumed\"");
        browser.press("Put back in the queue");
        browser.sees("It is back in the queue");
        assertThat(client.get("/workflow/" + id).body()).contains("\"status\":\"inserted\"");

        client.patch("/workflow/" + id, "{\"status\":\"consumed\"}");
        browser.press("Mark consumed");
        browser.sees("The workflow has changed");
        browser.sees("Read it again.");
        browser.press("Read again");
        browser.press("Put back in the queue");
        browser.sees("It is back in the queue");
    }

    @Test
    void aDeliveryIsShownAgain() {
        client.post("/workflow", "{\"data\":{\"handed\":\"over\"}}");
        String delivery = consumed("over", "/workflow/consume?wait=20");
        show("#/workflows?delivery_id=" + delivery);
        browser.sees("1 workflow.");
        browser.run("document.querySelector('#workflows tbody a').click()");
        browser.press(delivery);
        browser.sees("handed\r\nover");
        browser.sees("final");
        browser.press("1");
        browser.sees("1 workflow.");
    }

    @Test
    void aTableIsSavedWithTheBytesAndTheNameOfItsAnswer(@TempDir Path folder) throws Exception {
        browser.command("Page.setDownloadBehavior", "\"behavior\":\"allow\",\"downloadPath\":\"" + folder + "\"");
        String id = submit("{\"data\":{\"na\u00efve\":\"a\\nb\"}}");
        show("#/workflow/" + id);
        browser.sees("na\u00efve\r\n\"a\nb\"");
        browser.press("Download");
        savedAs(folder.resolve("workflow-" + id + ".csv"), "na\u00efve\r\n\"a\nb\"\r\n");

        String delivery = consumed("na\u00efve", "/workflow/consume?wait=20&bom=true");
        Files.delete(folder.resolve("workflow-" + id + ".csv"));
        show("#/delivery/" + delivery);
        browser.sees("final");
        browser.press("Download");
        savedAs(folder.resolve("workflow-" + id + ".csv"), "\ufeffna\u00efve\r\n\"a\nb\"\r\n");
    }

    /** Consumes until that comes which holds a text, and answers with its delivery. */
    private String consumed(String text, String path) {
        HttpResponse<String> taken = client.get(path);
        while (!taken.body().contains(text)) {
            taken = client.get(path);
        }
        return Client.header(taken, "Workflow-Delivery");
    }

    private static void savedAs(Path file, String content) {
        Eventually.holds(file + " is there", () -> Files.exists(file));
        assertThat(file).hasBinaryContent(content.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void whatCouldNotBeReadIsReadAgainWhenAsked() {
        String id = submit("{\"data\":{\"came\":\"back\"}}");
        browser.run("window.real = fetch; window.fetch = async () => { throw new TypeError('away'); }");
        browser.run("location.hash = '#/workflow/" + id + "'");
        browser.sees("It is away, or cannot be reached from here.");
        browser.run("window.fetch = real");
        browser.press("Try again");
        browser.sees("came\r\nback");
        show("#/workflow/none");
        browser.sees("Not a UUID");
        browser.run(
                "if (document.querySelector('#workflow output button')) { throw new Error('nothing to try again'); }");
    }

    @Test
    void aProblemNamesItsPlaces() {
        show("#/submit");
        browser.fill("Data", "null");
        browser.fill("Steps", "ok\n" + "x".repeat(201));
        browser.press("Submit workflow");
        browser.sees("The body breaks a rule");
        browser.sees("#/steps/1");
        browser.fill("Data", "1, \"UUID\": 2");
        browser.press("Submit workflow");
        browser.sees("The data is not JSON");
    }

    @Test
    void whatIsSubmittedAgainAfterItsAnswerWasLostIsStoredOnce() {
        show("#/submit");
        browser.run("""
                const real = fetch;
                let lost = false;
                window.fetch = async (...request) => {
                  const answer = await real(...request);
                  if (request[1].method === "POST" && !lost) {
                    lost = true;
                    throw new TypeError("cut");
                  }
                  return answer;
                };
                """);
        browser.fill("Data", "1");
        browser.fill("Steps", "once");
        browser.press("Submit workflow");
        browser.sees("it is stored once");
        browser.press("Submit workflow");
        browser.sees("Stored as ");
        assertThat(waiting("once")).isEqualTo(1);

        browser.fill("Data", "1");
        browser.fill("Steps", "once");
        browser.press("Submit workflow");
        Eventually.holds("it is stored a second time", () -> waiting("once") == 2);
    }

    @Test
    void jsonIsShownAsCsv() {
        show("#/preview");
        browser.fill("JSON", "[{\"a\": 1.0, \"b\": {\"c\": [1, 2]}}]");
        browser.press("Preview");
        browser.sees("a,b.c\r\n1.0,\"[1,2]\"");
        browser.fill("Delimiter", ";");
        browser.fill("Arrays", "index");
        browser.press("Preview");
        browser.sees("a;b.c[0];b.c[1]\r\n1.0;1;2");
        browser.fill("Arrays", "");
        browser.fill("Nested objects", "false");
        browser.press("Preview");
        browser.sees("a;b\r\n1.0;\"{\"\"c\"\":[1,2]}\"");
        browser.fill("JSON", "{");
        browser.press("Preview");
        browser.sees("The body is not valid JSON");
    }

    @Test
    void aLinkToWhatIsShownReadsItAgain() {
        show("#/workflows?step=later");
        browser.sees("There are none like this.");
        goTo("Workflows", "workflows");
        browser.fill("Step", "unsent");
        browser.press("All");
        browser.awaits("document.querySelector('[name=step]').value === ''");
    }

    /** A link to such a view may come from anybody, and some paths do more than show. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "#/workflow/consume",
                "#/workflow/..%2Fworkflow%2Fconsume",
                "#/delivery/../consume",
                "#/workflow/"
            })
    void noAddressConsumes(String hash) {
        submit("{\"data\":1,\"steps\":[\"stays\"]}");
        long before = waiting("stays");
        show(hash);
        browser.sees("Not a UUID");
        assertThat(waiting("stays")).isEqualTo(before);
    }

    @Test
    void numbersAreAskedForWhileSomebodyLooks() {
        browser.awaits("document.querySelector('[data-count=waiting]').textContent !== '–'");
        browser.sees("Ready");
        browser.run("""
                Object.defineProperty(document, "hidden", {value: true, configurable: true});
                window.asked = 0;
                window.fetch = (path) => {
                  asked++;
                  return Promise.resolve(path.startsWith("/health")
                    ? Response.json({status: "degraded", phase: "serving"})
                    : Response.json({waiting: 1234, oldest_age_seconds: 7500.5}));
                };
                """);
        String looked = "document.dispatchEvent(new Event('visibilitychange'))";
        assertThat(browser.value("(" + looked + ", asked)")).isEqualTo("0");
        browser.run("delete document.hidden; " + looked);
        browser.awaits("asked >= 2");
        browser.sees("Degraded");
        browser.sees("1,234");
        browser.sees("2 h 5 min");
    }

    @Test
    void whatSomebodyDidHereIsInTheNumbersAtOnce() {
        String id = submit("{\"data\":1}");
        show("#/workflow/" + id);
        browser.sees("Ready");
        browser.awaits("document.querySelector('[data-count=waiting]').textContent !== '–'");
        browser.run("""
                const real = fetch;
                window.asked = 0;
                window.fetch = (path, ...more) => {
                  asked += path === "/workflow/stats";
                  return real(path, ...more);
                };
                window.setTimeout = () => 0;
                """);
        browser.awaits("asked === 1");
        browser.press("Mark consumed");
        browser.sees("It is consumed now.");
        browser.awaits("asked === 2");
    }

    @Test
    void aSmallScreenShowsWorkflowsFirst() {
        submit("{\"data\":1,\"steps\":[\"small\"]}");
        browser.onScreen(375, () -> {
            show("");
            browser.sees("workflow");
            assertThat(browser.value("document.querySelector('#workflows details').open"))
                    .isEqualTo("false");
            show("#/workflows?step=small");
            browser.sees("1 workflow.");
            assertThat(browser.value("document.querySelector('#workflows details').open"))
                    .isEqualTo("true");
        });
    }

    @Test
    void noKeyIsAskedForWhereNoneIsNeeded() {
        browser.awaits("document.querySelector('[data-count=waiting]').textContent !== '–'");
        assertThat(browser.value("document.getElementById('key').checkVisibility()"))
                .isEqualTo("false");
    }

    @ParameterizedTest
    @CsvSource({"draining, Draining", "starting, starting", "serving, the database is away"})
    void readinessIsToldHonestly(String phase, String said) {
        browser.run("window.fetch = async () => Response.json({status: 'down', phase: '" + phase
                + "', title: 'Unavailable'," + " detail: 'Not now.'}, {status: 503, headers: {'Retry-After': '7'}})");
        browser.run("document.dispatchEvent(new Event('visibilitychange'))");
        browser.sees(said);
        browser.sees("No numbers: Unavailable.");
        browser.press("Dead letters");
        browser.sees("It may work again in 7 s.");
    }

    /** So that silence means that nothing was forbidden. */
    @Test
    void theBrowserSaysWhatThePolicyForbids() {
        browser.run("new Image().src = 'data:,'");
        Eventually.holds("the policy forbids it", () -> !browser.faults().isEmpty());
        assertThat(browser.faults()).first().asString().contains("Content Security Policy");
        browser.faults().clear();
    }
}
