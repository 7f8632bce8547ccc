package dev.workflow.rest;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is stored, up to its bounds. */
final class SubmitTest extends ServiceTest {
    private static final String TIME = "\"\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{6}Z\"";

    @Test
    void answersWithTheWorkflowItsTagAndItsPlace() {
        Reply reply = client.post("/workflow", "{\"data\":{\"b\":1.0},\"steps\":[\"pick\",\"päck\"]}")
                .is(201);

        reply.has("Location", "/workflow/" + reply.uuid()).has("ETag", "\"1\"").has("Content-Type", "application/json");
        assertThat(reply.text())
                .matches("\\{\"UUID\":\"[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}\","
                        + "\"status\":\"inserted\",\"data\":\\{\"b\":1\\.0},\"steps\":\\[\"pick\",\"päck\"],"
                        + "\"state\":\"waiting\",\"created_at\":" + TIME + ",\"consumed_at\":null,"
                        + "\"lease_expires_at\":null,\"available_at\":null,\"dead_at\":null,\"attempts\":0,"
                        + "\"last_error\":null,\"delivery_id\":null}");
        assertThat(client.get(reply.header("Location").orElseThrow()).text()).isEqualTo(reply.text());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "[]",
                "\"\"",
                "0",
                "true",
                "false",
                "-0",
                "1.0",
                "1e2",
                "1E+2",
                "12345678901234567890",
                "{ \"b\" : 1 ,\t\"a\":[ 1.50, \"\\u00e4\\/\" ]\r\n}",
                "{\"a\":1,\"a\":2}",
                "[null]",
                "\"äöü € 😀 \\ud83d\\ude00\"",
                "{\"\":{\"\":null}}"
            })
    void keepsDataByteForByte(String data) {
        Reply reply = client.post("/workflow", "\n { \"data\" :  " + data + " \t, \"steps\" : [ ] } \n")
                .is(201);

        assertThat(reply.text()).contains("\"data\":" + data + ",\"steps\":[],");
        assertThat(client.get("/workflow/" + reply.uuid()).text()).contains("\"data\":" + data + ",\"steps\":[],");
    }

    @Test
    void storesAnArrayInItsOrder() {
        Reply reply = client.post("/workflow", "[{\"data\":1}, {\"data\":2}]")
                .is(201)
                .hasNo("Location")
                .hasNo("ETag");

        assertThat(reply.text())
                .startsWith("[{\"UUID\":")
                .endsWith("}]")
                .containsSubsequence("\"data\":1,", "\"data\":2,");
        assertThat(client.get("/workflow?after=" + reply.uuid()).text()).contains("\"data\":2,");
    }

    @Test
    void anArrayOfOneIsAnsweredWithAnArray() {
        assertThat(client.post("/workflow", "[{\"data\":1}]").is(201).text())
                .startsWith("[{")
                .endsWith("}]");
    }

    @Test
    void storesAThousandButNotOneMore() {
        long before = stored();
        client.post("/workflow", array(1000)).is(201);
        assertThat(stored()).isEqualTo(before + 1000);

        client.post("/workflow", array(1001)).isProblem(400, "invalid-field").says("\"pointer\":\"#\"");
        client.post("/workflow", "[]").isProblem(400, "invalid-field").says("\"pointer\":\"#\"");
        assertThat(stored()).isEqualTo(before + 1000);
    }

    private long stored() {
        return client.get("/workflow").is(200).workflows();
    }

    private static String array(int size) {
        return IntStream.range(0, size)
                .mapToObj(i -> "{\"data\":" + i + "}")
                .collect(Collectors.joining(",", "[", "]"));
    }

    @Test
    void passesOverReadOnlyMembersWhateverTheirValue() {
        Reply reply = client.post("/workflow", """
                        {"UUID":7,"status":"consumed","state":{"a":[{}]},"created_at":null,"consumed_at":[],
                         "lease_expires_at":"never","available_at":false,"dead_at":1e99999,"attempts":-1,
                         "last_error":"\\u0000\\ud800","delivery_id":{},"data":1}""").is(201);

        assertThat(reply.text()).contains("\"status\":\"inserted\"", "\"attempts\":0");
    }

    @Test
    void countsTheCodePointsOfAStep() {
        client.post("/workflow", "{\"data\":1,\"steps\":[\"" + "😀".repeat(200) + "\"]}")
                .is(201);
        client.post("/workflow", "{\"data\":1,\"steps\":[\"" + "😀".repeat(201) + "\"]}")
                .isProblem(400, "invalid-field")
                .says("#/steps/0");
    }

    @Test
    void whatIsReadOnlyMayBeNestedMuchDeeper() {
        client.post("/workflow", "{\"data\":1,\"status\":" + nested(5000) + "}").is(201);
        client.post("/workflow", "{\"data\":1,\"status\":" + nested(20_000) + "}")
                .isProblem(400, "invalid-field")
                .says("nested deeper than 10000");
    }

    @Test
    void takesFiveHundredLevelsOfDataButNotOneMore() {
        client.post("/workflow", "{\"data\":" + nested(500) + "}").is(201);
        client.post("/workflow", "{\"data\":" + nested(501) + "}")
                .isProblem(400, "unstorable-json")
                .says("nested deeper than 500");
        client.post("/workflow", "[{\"data\":" + "{\"a\":".repeat(501) + "1" + "}".repeat(501) + "}]")
                .isProblem(400, "unstorable-json");
        client.post("/workflow", "{\"data\":" + "[".repeat(100_000)).isProblem(400, "unstorable-json");
        client.post("/workflow", "{\"state\":" + "[".repeat(100_000)).isProblem(400, "invalid-field");
    }

    private static String nested(int levels) {
        return "[".repeat(levels) + "]".repeat(levels);
    }

    @Test
    void keepsLongNamesAndNumbersAndManyMembers() {
        String longName = "{\"" + "n".repeat(100_000) + "\":" + "7".repeat(131_072) + "}";
        client.post("/workflow", "{\"data\":" + longName + "}").is(201).says(longName);
        String many =
                IntStream.range(0, 50_000).mapToObj(i -> "\"k" + i + "\":0").collect(Collectors.joining(",", "{", "}"));
        client.post("/workflow", "{\"data\":" + many + "}").is(201).says(many);
    }
}
