package dev.workflow.rest;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Several workflows in one answer. */
final class BatchTest extends ServiceTest {
    private final List<String> ids = new ArrayList<>();

    @BeforeEach
    void submitThree() {
        startAgain();
        ids.clear();
        ids.add(submit("{\"a\":1}"));
        ids.add(submit("{\"b\":\"x\",\"a\":2}"));
        ids.add(submit("{\"c\":true}"));
        service.awaitPublished();
    }

    @Test
    void oneTableHasTheColumnsOfAll() {
        Reply reply = client.get(CONSUME + "?max=10")
                .is(200)
                .has("Workflow-Count", "3")
                .hasNo("Workflow-UUID")
                .hasNo("Workflow-Attempt")
                .hasNo("Workflow-Lease-Expires")
                .hasNo("Transfer-Encoding");

        assertThat(reply.text()).isEqualTo("a,b,c\r\n1,,\r\n2,x,\r\n,,true\r\n");
        reply.has("Content-Length", Integer.toString(reply.body().length));
        reply.has("Content-Disposition", "attachment; filename=\"delivery-" + reply.delivery() + ".csv\"");
        reply.has("Content-Location", "/workflow/delivery/" + reply.delivery());
        assertThat(reply.header("ETag").orElseThrow()).matches("\"[0-9a-f]{32}\"");
        client.get(CONSUME + "?max=10").is(204);
    }

    @Test
    void maxIsACeilingAndTheOldestComeFirst() {
        Reply two = client.post(CONSUME + "/?max=2").is(200).has("Workflow-Count", "2");
        assertThat(two.text()).isEqualTo("a,b\r\n1,\r\n2,x\r\n");

        client.get(CONSUME + "?max=2").is(200).has("Workflow-Count", "1");
    }

    @Test
    void aBatchOfOneIsStillABatch() {
        Reply one = client.get(CONSUME + "?max=1")
                .is(200)
                .has("Workflow-Count", "1")
                .hasNo("Workflow-UUID");
        one.has("Content-Disposition", "attachment; filename=\"delivery-" + one.delivery() + ".csv\"");
        client.get("/workflow/" + ids.getFirst()).says("\"state\":\"consumed\"");
    }

    @Test
    void inJsonItIsAnArray() {
        Reply one = client.get(CONSUME + "?max=1", "Accept", "application/json").is(200);
        assertThat(one.text()).startsWith("[{\"UUID\":\"" + ids.getFirst()).endsWith("}]");
        Reply two = client.get(CONSUME + "?max=1000", "Accept", "application/json")
                .is(200)
                .has("Workflow-Count", "2")
                .hasNo("Content-Disposition")
                .hasNo("Workflow-UUID");
        assertThat(two.text())
                .startsWith("[{\"UUID\":\"" + ids.get(1))
                .contains(ids.get(2), "\"delivery_id\":\"" + two.delivery() + "\"")
                .endsWith("}]");
    }

    @Test
    void membersOfTheWorkflowsThemselvesCanComeFirst() {
        Reply reply = client.get(CONSUME + "?max=2&with=UUID,attempt&columns=a").is(200);

        assertThat(reply.text())
                .isEqualTo("workflow.UUID,workflow.attempt,a\r\n" + ids.get(0) + ",1,1\r\n" + ids.get(1) + ",1,2\r\n");
        reply.has("Workflow-Columns-Omitted", "1");
    }

    @Test
    void aBatchOnLeaseTellsWhenItEnds() {
        Reply reply = client.get(CONSUME + "?max=3&lease=60").is(200).has("Workflow-Count", "3");

        assertThat(reply.header("Workflow-Lease-Expires").orElseThrow())
                .matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{6}Z");
        for (String id : ids) {
            client.get("/workflow/" + id).says("\"state\":\"leased\"", "\"status\":\"inserted\"");
        }
    }
}
