package dev.workflow.rest;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** An answer, with what tests ask of many answers. */
record Reply(int status, Map<String, List<String>> headers, byte[] body) {
    private static final Pattern UUID_MEMBER = Pattern.compile("\"UUID\":\"([0-9a-f-]{36})\"");

    private static final Pattern DETAIL = Pattern.compile("\"status\":[0-9]{3},\"detail\":\"((?:[^\"\\\\]|\\\\.)*)\"");

    /** What must never be told to a client. */
    private static final Pattern SECRETS = Pattern.compile(
            "Exception|dev\\.workflow|io\\.micronaut|io\\.netty|jackson|java\\.|SELECT|\\bat [a-z]+\\.");

    Reply {
        Map<String, List<String>> anyCase = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        anyCase.putAll(headers);
        headers = anyCase;
    }

    String text() {
        return new String(body, StandardCharsets.UTF_8);
    }

    Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name)).map(List::getFirst);
    }

    /** The headers without those that differ when the same is answered again. */
    Map<String, List<String>> lastingHeaders() {
        Map<String, List<String>> same = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        same.putAll(headers);
        List.of("Date", "X-Request-Id", "Idempotent-Replayed", "Workflow-Delivery-State")
                .forEach(same::remove);
        return same;
    }

    /** The id of the first workflow in the body. */
    String uuid() {
        Matcher matcher = UUID_MEMBER.matcher(text());
        assertThat(matcher.find()).as(text()).isTrue();
        return matcher.group(1);
    }

    /** The ids of all workflows in the body, in order. */
    List<String> uuids() {
        return UUID_MEMBER.matcher(text()).results().map(each -> each.group(1)).toList();
    }

    /** How many workflows the body holds. */
    long workflows() {
        return UUID_MEMBER.matcher(text()).results().count();
    }

    Reply is(int expected) {
        assertThat(status).as(text()).isEqualTo(expected);
        assertThat(header("X-Request-Id")).isPresent();
        assertThat(header("Date")).isPresent();
        assertThat(header("Server")).isEmpty();
        return this;
    }

    /** @return itself, after asserting the form that all problems share */
    Reply isProblem(int expected, String slug) {
        is(expected);
        assertThat(header("Content-Type")).contains("application/problem+json");
        assertThat(text())
                .startsWith("{\"type\":\"/problems/" + slug + "\",\"title\":\"")
                .contains("\",\"status\":" + expected + ",\"detail\":\"")
                .doesNotContainPattern(SECRETS);
        return this;
    }

    /** What a problem says to people. */
    String detail() {
        Matcher matcher = DETAIL.matcher(text());
        assertThat(matcher.find()).as(text()).isTrue();
        return matcher.group(1).replaceAll("\\\\(.)", "$1");
    }

    Reply says(String... parts) {
        assertThat(text()).contains(parts);
        return this;
    }

    Reply has(String header, String value) {
        assertThat(header(header)).as(header).contains(value);
        return this;
    }

    /** The id of the delivery that it is. */
    String delivery() {
        return header("Workflow-Delivery").orElseThrow();
    }

    Reply hasNo(String header) {
        assertThat(header(header)).as(header).isEmpty();
        return this;
    }
}
