package dev.workflow.rest;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is refused, whole and with its reason. */
final class RefusedSubmissionTest extends ServiceTest {
    private long before;

    @BeforeEach
    void count() {
        before = stored();
    }

    @AfterEach
    void nothingIsStored() {
        assertThat(stored()).isEqualTo(before);
    }

    private long stored() {
        return client.get("/workflow").is(200).workflows();
    }

    @Test
    void storesAllOrNothingOfAnArray() {
        client.post("/workflow", "[{\"data\":1},{\"data\":null},{\"steps\":[]},{\"data\":2}]")
                .isProblem(400, "invalid-field")
                .says("{\"pointer\":\"#/1/data\",\"detail\":\"is null.\"}", "{\"pointer\":\"#/2/data\",");
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
        client.post("/workflow", body)
                .isProblem(400, "malformed-json")
                .says("\"errors\":[{\"pointer\":\"#\",\"detail\":\"");
    }

    @Test
    void doesNotCallAZeroByteWrongUtf8() {
        for (String body : List.of("{\"data\":1}\0", "\0", "{\"data\":\"\0\"}")) {
            Reply reply = client.post("/workflow", body).isProblem(400, "malformed-json");
            assertThat(reply.detail()).contains("not valid JSON").doesNotContain("UTF-8");
        }
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
    }
}
