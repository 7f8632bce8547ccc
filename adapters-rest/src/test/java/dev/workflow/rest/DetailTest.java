package dev.workflow.rest;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest.BodyPublishers;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is said about a bad body can be read: {@code detail} is a sentence, however deep the place is. */
final class DetailTest extends ServiceTest {
    private static final Pattern DETAIL = Pattern.compile("\"status\":400,\"detail\":\"([^\"]*)\"");
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
                "[]                            | The body has no workflow; 1 to 1000 are needed.",
                "7                             | The body is not a workflow, which is an object with the member data.",
            })
    void isASentenceAboutThePlace(String body, String detail) {
        assertThat(detail(client.post("/workflow", body).is(400))).isEqualTo(detail);
    }

    @Test
    void aDeepPlaceDoesNotHideTheReason() {
        String deep = "[".repeat(499) + "\"\\u0000\"" + "]".repeat(499);

        Reply reply = client.post("/workflow", "{\"data\":" + deep + "}").isProblem(400, "unstorable-json");

        assertThat(detail(reply))
                .startsWith("#/data/0/0/")
                .contains("/0…/0/")
                .endsWith("/0/0 is a string that holds the character U+0000.")
                .hasSizeLessThan(150);
        assertThat(find(POINTER, reply)).isEqualTo("#/data" + "/0".repeat(497));
    }

    @Test
    void aBodyWhereNoneBelongsIsToldSo() {
        Reply reply = client.send("POST", "/workflow/consume", BodyPublishers.ofString("{}"), Client.JSON)
                .isProblem(400, "invalid-field")
                .says("{\"pointer\":\"#\",\"detail\":\"is not empty.\"}");

        assertThat(detail(reply)).isEqualTo("There must be no body.");
    }

    @Test
    void thePageOfMalformedJsonFitsWhatItsDetailsSay() {
        client.post("/workflow", "").isProblem(400, "malformed-json").says("The body is empty.");
        client.post("/workflow", "{").isProblem(400, "malformed-json").says("The body ends too early.");
        client.post("/workflow", "{x").isProblem(400, "malformed-json").says("at or shortly before byte");

        assertThat(client.get("/problems/malformed-json").text().replaceAll("\\s+", " "))
                .contains("at or shortly before which byte", "the body is empty", "ends too early");
    }

    private static String detail(Reply reply) {
        return find(DETAIL, reply);
    }

    private static String find(Pattern pattern, Reply reply) {
        Matcher matcher = pattern.matcher(reply.text());
        assertThat(matcher.find()).as(reply.text()).isTrue();
        return matcher.group(1);
    }
}
