package dev.workflow.rest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.workflow.domain.Fault;
import java.net.http.HttpRequest.BodyPublishers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Taking what comes next. */
final class ConsumeTest extends OneWaitingTest {
    @Test
    void handsOverTheNextAsCsvWithAllHeaders() {
        Reply reply = client.get(CONSUME)
                .is(200)
                .has("Content-Type", "text/csv; charset=utf-8; header=present")
                .has("Content-Disposition", "attachment; filename=\"workflow-" + id + ".csv\"")
                .has("Workflow-UUID", id)
                .has("Workflow-Count", "1")
                .has("Workflow-Attempt", "1")
                .has("Cache-Control", "no-store")
                .hasNo("Workflow-Lease-Expires")
                .hasNo("Workflow-Csv-Fallback")
                .hasNo("Workflow-Columns-Omitted")
                .hasNo("Transfer-Encoding");

        assertThat(reply.text()).isEqualTo("a,b\r\n1.0,x\r\n");
        reply.has("Content-Length", Integer.toString(reply.body().length));
        String delivery = reply.header("Workflow-Delivery").orElseThrow();
        reply.has("Content-Location", "/workflow/delivery/" + delivery);
        assertThat(reply.header("ETag").orElseThrow()).matches("\"[0-9a-f]{32}\"");
        client.get("/workflow/" + id).says("\"state\":\"consumed\"", "\"delivery_id\":\"" + delivery + "\"");
    }

    @Test
    void theTagBelongsToTheBytes() {
        submit("{\"a\":1.0,\"b\":\"x\"}");
        submit("{\"a\":1.0,\"b\":\"y\"}");
        String first = client.get(CONSUME).header("ETag").orElseThrow();

        assertThat(client.get(CONSUME).header("ETag")).contains(first);
        assertThat(client.get(CONSUME).header("ETag").orElseThrow()).isNotEqualTo(first);
    }

    @Test
    void handsOverEachOnceInOrderAndThenNothing() {
        String second = submit("2");

        client.get(CONSUME).is(200).has("Workflow-UUID", id);
        postConsume(CONSUME + "/").is(200).has("Workflow-UUID", second);
        Reply nothing = client.get(CONSUME + "/")
                .is(204)
                .has("Cache-Control", "no-store")
                .hasNo("Retry-After");
        assertThat(nothing.body()).isEmpty();
        postConsume(CONSUME).is(204);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "*/*                                  | csv",
                "','                                  | csv",
                "text/csv                             | csv",
                "TEXT/CSV                             | csv",
                "text/*                               | csv",
                "text/csv;header=absent;q=0.3         | csv",
                "application/json                     | json",
                "application/*                        | json",
                "*/*, application/json                | json",
                "application/json, */*                | json",
                "text/csv, application/json           | csv",
                "application/json, text/csv           | csv",
                "text/csv;q=0.8, application/json     | json",
                "text/csv; q = 0, application/json;q=0.1 | json",
                "text/csv;q=0.5, */*                  | json",
                "text/*, application/json             | json",
                "application/json;q=0, */*            | csv",
                "text/html, */*;q=0.1                 | csv",
                "image/gif, *; q=.2, */*; q=.2        | csv",
                "text/csv;q=0, application/json;q=0.1 | json",
                "garbage, text/csv                    | csv",
                "text/csv;p=\"\\\",\";q=0, application/json | json",
            })
    void isInTheFormThatIsAskedFor(String accept, String form) {
        Reply reply = client.get(CONSUME, "Accept", accept).is(200);

        String type = form.equals("csv") ? "text/csv; charset=utf-8; header=present" : "application/json";
        reply.has("Content-Type", type);
    }

    @Test
    void noAcceptOrSeveralLinesOfItWorkToo() {
        RawConnection.exchange(service, "GET /workflow/consume HTTP/1.1\r\nHost: a\r\nAccept:\r\n\r\n")
                .is(200)
                .has("Content-Type", "text/csv; charset=utf-8; header=present");
        submit("1");
        client.get(CONSUME, "Accept", "text/html", "Accept", "application/json")
                .is(200)
                .has("Content-Type", "application/json");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"text/html", "application/xml, text/plain", "text/csv;q=0", "*/*;q=0", "garbage", "text/csv;q=2"
            })
    void cannotBeHadInAnotherForm(String accept) {
        client.get(CONSUME, "Accept", accept)
                .isProblem(406, "not-acceptable")
                .says("text/csv or application/json only; name one of them in Accept.");
        postConsume(CONSUME, "Accept", accept).isProblem(406, "not-acceptable");
        isStillThere();
    }

    @Test
    void jsonIsTheWorkflowAsItWasWhenItWasClaimed() {
        Reply reply = client.get(CONSUME, "Accept", "application/json")
                .is(200)
                .has("Content-Type", "application/json")
                .has("Workflow-UUID", id)
                .has("Workflow-Attempt", "1")
                .hasNo("Content-Disposition");

        assertThat(reply.text())
                .startsWith("{\"UUID\":\"" + id + "\",\"status\":\"consumed\",\"data\":{\"a\":1.0,\"b\":\"x\"},")
                .endsWith(",\"delivery_id\":\""
                        + reply.header("Workflow-Delivery").orElseThrow() + "\"}");
        assertThat(client.get("/workflow/" + id).text()).isEqualTo(reply.text());
    }

    @Test
    void optionsOfCsvAreTaken() {
        Reply reply = client.get(CONSUME + "?delimiter=%3B&header=false").is(200);

        reply.has("Content-Type", "text/csv; charset=utf-8; header=absent");
        assertThat(reply.text()).isEqualTo("1.0;x\r\n");
    }

    @Test
    void columnsThatAreLeftOutAreCounted() {
        client.get(CONSUME + "?columns=b").is(200).has("Workflow-Columns-Omitted", "1");
    }

    @Test
    void aTableTooLargeIsWrittenMorePlainlyAndSaysSo() {
        client.get(CONSUME).is(200);
        String array = "[" + "0,".repeat(399) + "0]";
        submit("{\"a\":" + array + ",\"b\":" + array + "}");

        client.get(CONSUME + "?arrays=unwind").is(200).has("Workflow-Csv-Fallback", "unwind");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "delimiter=a",
                "delimiter=",
                "header=no",
                "arrays=rows",
                "unwind=a&arrays=json",
                "columns=",
                "with=secrets",
                "leese=30",
                "lease=0",
                "lease=43201",
                "lease=1.5",
                "lease=",
                "lease=PT30S",
                "wait=-1",
                "wait=21",
                "wait=05",
                "wait=99999999999",
                "max=0",
                "max=1001",
                "max",
                "max=1&max=2",
                "limit=1",
                "header=true&header=true",
                "null=%zz",
                "null=%C3",
            })
    void aWrongOptionTakesNothing(String query) {
        String name = query.replaceAll("=.*", "");
        String raw = " " + CONSUME + "?" + query + " HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\n\r\n";

        RawConnection.exchange(service, "GET" + raw)
                .isProblem(400, "invalid-parameter")
                .says(name);
        RawConnection.exchange(service, "POST" + raw)
                .isProblem(400, "invalid-parameter")
                .says(name);
        isStillThere();
    }

    @Test
    void aMistypedLeaseIsToldTheKnownParameters() {
        assertThat(client.get(CONSUME + "?leese=30")
                        .isProblem(400, "invalid-parameter")
                        .detail())
                .startsWith("The query parameter leese is not known here. Known: ")
                .contains(" lease, ", " max, ", ", wait");
        isStillThere();
    }

    @Test
    void partsOfSecondsAreRefusedAsWhatTheyAre() {
        client.get(CONSUME + "?lease=1.5")
                .isProblem(400, "invalid-parameter")
                .says("lease takes a whole number from 1 to 43200.");
        isStillThere();
    }

    @Test
    void optionsOfCsvMakeNoSenseInJson() {
        client.get(CONSUME + "?header=true", "Accept", "application/json")
                .isProblem(400, "invalid-parameter")
                .says("CSV options go with Accept: text/csv only: header.");
        isStillThere();
    }

    @Test
    void headTakesNothing() {
        client.head(CONSUME).is(405).has("Allow", "GET, POST");
        client.head(CONSUME + "/").is(405).has("Allow", "GET, POST");
        isStillThere();
    }

    @ParameterizedTest
    @ValueSource(strings = {"DELETE", "PUT", "PATCH", "OPTIONS", "TRACE", "PROPFIND"})
    void otherMethodsAreNotAllowed(String method) {
        client.send(method, CONSUME, BodyPublishers.noBody())
                .isProblem(405, "method-not-allowed")
                .has("Allow", "GET, POST");
    }

    @Test
    void rangesAndConditionsAreIgnored() {
        client.get(
                        CONSUME,
                        "Range",
                        "bytes=0-1",
                        "If-None-Match",
                        "*",
                        "If-Match",
                        "\"x\"",
                        "If-Modified-Since",
                        "Tue, 24 Nov 2099 00:00:00 GMT",
                        "If-Range",
                        "\"x\"")
                .is(200)
                .hasNo("Content-Range");
    }

    @Test
    void aPostWithABodyTakesNothing() {
        client.post(CONSUME, "{}").isProblem(400, "invalid-field");
        client.post(CONSUME, " ").isProblem(400, "invalid-field");
        client.send("POST", CONSUME, BodyPublishers.ofString("wait=5"), "Content-Type", "text/plain")
                .isProblem(400, "invalid-field");
        String chunked = "POST /workflow/consume HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n";
        RawConnection.exchange(service, chunked + "1\r\nx\r\n0\r\n\r\n").isProblem(400, "invalid-field");
        isStillThere();
    }

    @Test
    void anEmptyBodyNeedsNoType() {
        postConsume(CONSUME, "Content-Type", "application/x-www-form-urlencoded")
                .is(200);
        submit("1");
        String chunked = "POST /workflow/consume HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n";
        RawConnection.exchange(service, chunked + "0\r\n\r\n").is(200);
    }

    @Test
    void whileStoppingThereIsNothingButAskingAgainMakesSense() {
        service.consume.drain();

        client.get(CONSUME).is(204).has("Retry-After", "1").has("Cache-Control", "no-store");
    }

    @Test
    void aDatabaseThatIsAwayTakesNothing() {
        service.store.goAway(new Fault.Unavailable("The database is away."));
        client.get(CONSUME).isProblem(503, "unavailable").has("Retry-After", "1");
        service.store.goAway(null);
        isStillThere();
    }
}
