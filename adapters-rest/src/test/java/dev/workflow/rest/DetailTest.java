package dev.workflow.rest;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What is said about a bad body can be read: {@code detail} is a sentence about the place, however deep, and one about what
 * would be right.
 */
final class DetailTest extends ServiceTest {
    private static final Pattern POINTER = Pattern.compile("\"pointer\":\"([^\"]*)\"");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                "{}                            | #/data is missing.",
                "[{\"data\":1},{\"data\":null}]| #/1/data is null.",
                "{\"data\":[\"\\u0000\"]}      | #/data/0 is a string that holds the character U+0000.",
                "{\"data\":{\"a\\u0000\":1}}   | #/data has a member whose name holds the character U+0000.",
                "{\"data\":1e131072}           | #/data is a number that has more than 131072 digits before the decimal point.",
                "{\"data\":1,\"steps\":[\"\\udfff\"]} | #/steps/0 is a string that holds half of a surrogate pair.",
                "[]                            | The body has no workflow.",
                "7                             | The body is not a workflow.",
                "{\"data\":1,\"b\":2}            | #/b is not a member of a workflow; only data and steps can be set.",
            })
    void isASentenceAboutThePlaceAndOneAboutWhatIsRight(String body, String sentence) {
        String detail = client.post("/workflow", body).is(400).detail();

        assertThat(detail).startsWith(sentence + " ");
        assertThat(detail.substring(sentence.length() + 1))
                .isIn(
                        "The body takes {\"data\": any JSON value but null, \"steps\": [texts]}, steps optional, or an array of"
                                + " 1 to 1000 of these.",
                        "PostgreSQL cannot hold that: leave it out, or put it in another way.");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                "^^                    | The body is empty;",
                "{}                    | The body has neither all nor UUIDs.",
                "[]                    | The body is not an object.",
                "{\"all\":false}       | #/all is not true.",
                "{\"all\":true,\"UUIDs\":[\"" + UNKNOWN + "\"]} | The body has both all and UUIDs.",
                "{\"UUIDs\":[]}        | #/UUIDs has 0 elements, not 1 to 1000.",
                "{\"UUIDs\":[7]}       | #/UUIDs/0 is not a UUID such as 0",
                "{\"al\":true}         | #/al is not known here. Known: UUIDs, all.",
            })
    void aRedriveIsToldBothOfItsWishes(String body, String wrong) {
        assertThat(client.post("/workflow/dead/redrive", body).is(400).detail())
                .startsWith(wrong)
                .endsWith(" takes {\"all\": true} or {\"UUIDs\": [1 to 1000 of them]}.");
    }

    @Test
    void tooManyNamesAreCounted() {
        String many = ("\"" + UNKNOWN + "\",").repeat(1000);

        assertThat(client.post("/workflow/dead/redrive", "{\"UUIDs\":[" + many + "\"" + UNKNOWN + "\"]}")
                        .is(400)
                        .detail())
                .startsWith("#/UUIDs has 1001 elements, not 1 to 1000. ");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                "ack    | None is known.         | {} or nothing.",
                "nack   | Known: UUIDs, delay, error. | {\"delay\": seconds, \"error\": text, \"UUIDs\": [1 to 1000 of them]}, each optional, or nothing.",
                "extend | Known: lease.          | {\"lease\": seconds}, {} or nothing.",
            })
    void aMistypedMemberIsToldTheKnownOnes(String verb, String known, String takes) {
        Reply reply = client.post("/workflow/delivery/" + UNKNOWN + "/" + verb, "{\"leese\":1}")
                .isProblem(400, "invalid-field")
                .says("{\"pointer\":\"#/leese\",\"detail\":\"is not known here. " + known + "\"}");

        assertThat(reply.detail()).isEqualTo("#/leese is not known here. " + known + " The body takes " + takes);
    }

    @Test
    void aStatusIsToldWhichThereAre() {
        for (String body : List.of("{}", "7", "{\"status\":\"done\"}", "{\"stats\":1}", "{\"data\":1}", "")) {
            assertThat(client.patch("/workflow/" + UNKNOWN, body).is(400).detail())
                    .endsWith(" takes {\"status\": \"consumed\"} or {\"status\": \"inserted\"}.");
        }
    }

    /** A name of a kilobyte, and one that UTF-8 cannot spell. */
    @Test
    void aMemberThatCannotBePointedAtIsNotTakenForWhatHoldsIt() {
        for (String name : List.of("x".repeat(1001), "\\ud800")) {
            Reply unknown = client.post("/workflow", "[{\"data\":1,\"" + name + "\":1}]")
                    .isProblem(400, "invalid-field");
            assertThat(find(POINTER, unknown)).isEqualTo("#/0");
            assertThat(unknown.detail())
                    .startsWith(
                            "#/0 has a member with a name that cannot be shown, which is not a member of a workflow");
            client.post("/workflow", "{\"data\":1,\"" + name + "\":1,\"" + name + "\":2}")
                    .says("\"#\",\"detail\":\"has a member with a name that cannot be shown, which is given twice;");
            client.post("/workflow/dead/redrive", "{\"" + name + "\":1}")
                    .says("The body has a member with a name that cannot be shown, which is not known here.");
        }
    }

    @Test
    void aDeepPlaceDoesNotHideTheReason() {
        String deep = "[".repeat(499) + "\"\\u0000\"" + "]".repeat(499);

        Reply reply = client.post("/workflow", "{\"data\":" + deep + "}").isProblem(400, "unstorable-json");

        assertThat(reply.detail())
                .startsWith("#/data/0/0/")
                .contains("/0…/0/")
                .contains("/0/0 is a string that holds the character U+0000. ")
                .hasSizeLessThan(220);
        assertThat(find(POINTER, reply)).isEqualTo("#/data" + "/0".repeat(497));
    }

    @Test
    void aBodyWhereNoneBelongsIsToldSo() {
        for (String method : List.of("GET", "POST")) {
            Reply reply = client.send(method, "/workflow/consume", BodyPublishers.ofString("{}"), Client.JSON)
                    .isProblem(400, "invalid-field")
                    .says("{\"pointer\":\"#\",\"detail\":\"is not empty.\"}");

            assertThat(reply.detail()).isEqualTo("There must be no body; whatever is asked for stands in the query.");
        }
    }

    @Test
    void thePageOfMalformedJsonFitsWhatItsDetailsSay() {
        client.post("/workflow", "").isProblem(400, "malformed-json").says("The body is empty;");
        client.post("/workflow", "{").isProblem(400, "malformed-json").says("The body ends too early:");
        client.post("/workflow", "\ufeff{\"data\":1}")
                .isProblem(400, "malformed-json")
                .says("begins with a byte order mark");
        client.post("/workflow", "{x").isProblem(400, "malformed-json").says("at or shortly before byte");

        assertThat(client.get("/problems/malformed-json").text().replaceAll("\\s+", " "))
                .contains("at or shortly before which byte", "the body is empty", "ends too early");
    }

    private static String find(Pattern pattern, Reply reply) {
        Matcher matcher = pattern.matcher(reply.text());
        assertThat(matcher.find()).as(reply.text()).isTrue();
        return matcher.group(1);
    }
}
