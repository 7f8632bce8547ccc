package dev.workflow.rest;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class SubmitTest extends ServiceTest {
    private static final String TIME = "\"\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{6}Z\"";

    private long before;

    @BeforeEach
    void count() {
        before = stored();
    }

    private long stored() {
        return client.get("/workflow").is(200).workflows();
    }

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
        client.post("/workflow", array(1000)).is(201);
        assertThat(stored()).isEqualTo(before + 1000);

        client.post("/workflow", array(1001)).isProblem(400, "invalid-field").says("\"pointer\":\"#\"");
        client.post("/workflow", "[]").isProblem(400, "invalid-field").says("\"pointer\":\"#\"");
        assertThat(stored()).isEqualTo(before + 1000);
    }

    private static String array(int size) {
        return IntStream.range(0, size)
                .mapToObj(i -> "{\"data\":" + i + "}")
                .collect(Collectors.joining(",", "[", "]"));
    }

    @Test
    void storesAllOrNothingOfAnArray() {
        client.post("/workflow", "[{\"data\":1},{\"data\":null},{\"steps\":[]},{\"data\":2}]")
                .isProblem(400, "invalid-field")
                .says("{\"pointer\":\"#/1/data\",\"detail\":\"is null.\"}", "{\"pointer\":\"#/2/data\",");

        assertThat(stored()).isEqualTo(before);
    }

    @Test
    void passesOverReadOnlyMembersWhateverTheirValue() {
        Reply reply = client.post("/workflow", """
                        {"UUID":7,"status":"consumed","state":{"a":[{}]},"created_at":null,"consumed_at":[],
                         "lease_expires_at":"never","available_at":false,"dead_at":1e99999,"attempts":-1,
                         "last_error":"\\u0000\\ud800","delivery_id":{},"data":1}""").is(201);

        assertThat(reply.text()).contains("\"status\":\"inserted\"", "\"attempts\":0");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                "{}                                     | #/data",
                "{\"data\":null}                        | #/data",
                "{\"data\":1,\"data\":1}                | #/data",
                "{\"data\":1,\"steps\":[],\"steps\":[]} | #/steps",
                "{\"data\":1,\"UUID\":1,\"UUID\":1}     | #/UUID",
                "{\"data\":1,\"other\":1}               | #/other",
                "{\"data\":1,\"a/b~c %ä\":1}            | #/a~1b~0c%20%25%C3%A4",
                "{\"data\":1,\"steps\":null}            | #/steps",
                "{\"data\":1,\"steps\":\"a\"}           | #/steps",
                "{\"data\":1,\"steps\":{\"a\":[]}}      | #/steps",
                "{\"data\":1,\"steps\":[\"a\",1]}       | #/steps/1",
                "{\"data\":1,\"steps\":[\"a\",[\"b\"]]} | #/steps/1",
                "{\"data\":1,\"steps\":[\"\"]}          | #/steps/0",
                "[{\"data\":1},{\"data\":1,\"x\":2}]    | #/1/x",
                "[{\"data\":1},[]]                      | #/1",
                "[{\"data\":1},{\"data\":1,\"steps\":[1]}] | #/1/steps/0",
                "1                                      | #",
                "\"data\"                               | #",
                "null                                   | #",
            })
    void refusesWhatBreaksARuleAndPointsAtIt(String body, String pointer) {
        client.post("/workflow", body)
                .isProblem(400, "invalid-field")
                .says("\"errors\":[{\"pointer\":\"" + pointer + "\",\"detail\":\"");

        assertThat(stored()).isEqualTo(before);
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
    void tellsAllThatIsWrongUpToAHundred() {
        client.post("/workflow", "{\"x\":1,\"steps\":[1,\"\"],\"data\":\"\\u0000\"}")
                .isProblem(400, "invalid-field")
                .says("#/x\"", "#/steps/0\"", "#/steps/1\"", "#/data\"");

        String reply = client.post("/workflow", "{\"data\":1,\"steps\":[" + "1,".repeat(199) + "1]}")
                .isProblem(400, "invalid-field")
                .says("more errors")
                .text();
        assertThat(reply.split("\"pointer\"", -1)).hasSize(101);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                "{\"data\":\"a\\u0000\"}              | #/data     | U+0000",
                "{\"data\":{\"a\":[\"\\u0000\"]}}     | #/data/a/0 | U+0000",
                "{\"data\":{\"a\\u0000\":1}}          | #/data     | U+0000",
                "{\"data\":[{\"\\ud800\":1}]}         | #/data/0   | surrogate",
                "{\"data\":\"\\ud800\"}               | #/data     | surrogate",
                "{\"data\":\"\\udc00\\ud800\"}        | #/data     | surrogate",
                "{\"data\":\"\\ud800\\u0041\"}        | #/data     | surrogate",
                "{\"data\":\"\\uD83D\\uDE00\\uDE00\"} | #/data     | surrogate",
                "{\"data\":1e131072}                  | #/data     | 131072",
                "{\"data\":[1,-12345e131068]}         | #/data/1   | 131072",
                "{\"data\":{\"n\":1e-16384}}          | #/data/n   | 16383",
                "{\"data\":{\"n\":0e-16384,\"n\":1}}  | #/data/n   | 16383",
                "{\"data\":1,\"steps\":[\"\\u0000\"]} | #/steps/0  | U+0000",
                "{\"data\":1,\"steps\":[\"\\udfff\"]} | #/steps/0  | surrogate",
                "[{\"data\":1},{\"data\":\"\\u0000\"}]| #/1/data   | U+0000",
            })
    void refusesWhatTheDatabaseCannotHold(String body, String pointer, String reason) {
        client.post("/workflow", body)
                .isProblem(400, "unstorable-json")
                .says("\"errors\":[{\"pointer\":\"" + pointer + "\",\"detail\":\"", reason);

        assertThat(stored()).isEqualTo(before);
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
    void whatOnlyTheDatabaseRefusesIsTold() {
        try (TestService picky = TestService.start(RefusingRepository::new);
                Client other = new Client(picky)) {
            other.post("/workflow", "{\"data\":1}")
                    .isProblem(400, "unstorable-json")
                    .says("because I say so");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " \r\n\t",
                "{",
                "{\"data\":1",
                "{\"data\":1}}",
                "{\"data\":1} {}",
                "{\"data\":1},",
                "{data:1}",
                "{'data':1}",
                "{\"data\":01}",
                "{\"data\":1.}",
                "{\"data\":.5}",
                "{\"data\":+1}",
                "{\"data\":NaN}",
                "{\"data\":Infinity}",
                "{\"data\":-Infinity}",
                "{\"data\":[1,]}",
                "{\"data\":1,}",
                "{\"data\":1/*c*/}",
                "{\"data\":1}//c",
                "#{\"data\":1}",
                "{\"data\":\"\t\"}",
                "{\"data\":\"\\x\"}",
                "{\"data\":\"\\u12\"}",
                "{\"data\":tru}",
                "{\"data\":True}",
                "{\"data\":1 2}",
                "{\"data\":[1}",
                "\uFEFF{\"data\":1}",
                "{\"data\":\"\u0000\"}",
                "{\"data\":1}\u0000"
            })
    void refusesWhatIsNotJson(String body) {
        client.post("/workflow", body).isProblem(400, "malformed-json");

        assertThat(stored()).isEqualTo(before);
    }

    @Test
    void refusesWhatIsNotUtf8AndNamesTheByte() {
        byte[] latin1 = "{\"data\":\"ä\"}".getBytes(StandardCharsets.ISO_8859_1);
        client.send("POST", "/workflow", BodyPublishers.ofByteArray(latin1), Client.JSON)
                .isProblem(400, "malformed-json")
                .says("byte 9");
        byte[] utf16 = "{\"data\":1}".getBytes(StandardCharsets.UTF_16LE);
        client.send("POST", "/workflow", BodyPublishers.ofByteArray(utf16), Client.JSON)
                .isProblem(400, "malformed-json");
    }

    @Test
    void keepsLongNamesAndNumbersAndManyMembers() {
        String longName = "{\"" + "n".repeat(100_000) + "\":" + "7".repeat(131_072) + "}";
        client.post("/workflow", "{\"data\":" + longName + "}").is(201).says(longName);
        String many =
                IntStream.range(0, 50_000).mapToObj(i -> "\"k" + i + "\":0").collect(Collectors.joining(",", "{", "}"));
        client.post("/workflow", "{\"data\":" + many + "}").is(201).says(many);
    }

    @Test
    void refusesAPointerlessLengthOfNames() {
        String name = "x".repeat(500_000);
        Reply reply = client.post("/workflow", "{\"" + name + "\":1,\"data\":{\"" + name + "\":\"\\u0000\"}}")
                .isProblem(400, "invalid-field");

        assertThat(reply.body().length).isLessThan(1000);
    }

    @Test
    void knowsNoParameters() {
        client.post("/workflow?lease=30", "{\"data\":1}")
                .isProblem(400, "invalid-parameter")
                .says("This path takes no query parameters.");

        assertThat(stored()).isEqualTo(before);
    }
}
