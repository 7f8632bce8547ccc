package dev.workflow.rest.json;

import static org.assertj.core.api.Assertions.assertThat;

import dev.workflow.domain.Content;
import dev.workflow.domain.History;
import dev.workflow.domain.State;
import dev.workflow.domain.Utf8Text;
import dev.workflow.domain.Workflow;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class WorkflowJsonTest {
    /** 2026-11-24T22:50:35.870313Z */
    private static final UUID ID = UUID.fromString("01a20fc0-fdde-7503-bf93-369c7ba01a64");

    private static final UUID DELIVERY = UUID.fromString("FFFFFFFF-FFFF-4FFF-8000-0123456789AB");
    private static final Instant TIME = Instant.parse("2026-01-02T03:04:05.000006789Z");

    private static String json(State state, int attempts, @Nullable String error, @Nullable UUID delivery) {
        Content content = new Content(Utf8Text.of("[ 1.0 ]"), List.of("a", "\"\\\n\u0001ä😀/"));
        Workflow workflow = new Workflow(ID, content, state, new History(attempts, error, delivery, 7));
        return new String(WorkflowJson.of(workflow), StandardCharsets.UTF_8);
    }

    private static String expected(String status, String state, String times, String history) {
        return "{\"UUID\":\"01a20fc0-fdde-7503-bf93-369c7ba01a64\",\"status\":\"" + status + "\",\"data\":[ 1.0 ],"
                + "\"steps\":[\"a\",\"\\\"\\\\\\u000a\\u0001ä😀/\"],\"state\":\"" + state + "\","
                + "\"created_at\":\"2026-11-24T22:50:35.870313Z\"," + times + "," + history + "}";
    }

    private static String times(String member) {
        StringBuilder times = new StringBuilder();
        for (String each : new String[] {"consumed_at", "lease_expires_at", "available_at", "dead_at"}) {
            String value = each.equals(member) ? "\"2026-01-02T03:04:05.000006Z\"" : "null";
            times.append(times.isEmpty() ? "" : ",")
                    .append('"')
                    .append(each)
                    .append("\":")
                    .append(value);
        }
        return times.toString();
    }

    @Test
    void writesEveryState() {
        String fresh = "\"attempts\":0,\"last_error\":null,\"delivery_id\":null";
        assertThat(json(new State.Waiting(), 0, null, null))
                .isEqualTo(expected("inserted", "waiting", times(""), fresh));
        assertThat(json(new State.Delayed(TIME), 0, null, null))
                .isEqualTo(expected("inserted", "delayed", times("available_at"), fresh));
        assertThat(json(new State.Leased(TIME), 0, null, null))
                .isEqualTo(expected("inserted", "leased", times("lease_expires_at"), fresh));
        assertThat(json(new State.Dead(TIME), 0, null, null))
                .isEqualTo(expected("inserted", "dead", times("dead_at"), fresh));
        assertThat(json(new State.Consumed(TIME), 0, null, null))
                .isEqualTo(expected("consumed", "consumed", times("consumed_at"), fresh));
    }

    @Test
    void writesItsHistory() {
        assertThat(json(new State.Waiting(), 3, "lease \"expired\"", DELIVERY))
                .endsWith("\"attempts\":3,\"last_error\":\"lease \\\"expired\\\"\","
                        + "\"delivery_id\":\"ffffffff-ffff-4fff-8000-0123456789ab\"}");
    }

    @Test
    void writesEachTimeWithSixDecimals() {
        assertThat(time("1970-01-01T00:00:00Z")).isEqualTo("\"1970-01-01T00:00:00.000000Z\"");
        assertThat(time("2024-02-29T23:59:59.999999999Z")).isEqualTo("\"2024-02-29T23:59:59.999999Z\"");
        assertThat(time("9999-12-31T23:59:59.1Z")).isEqualTo("\"9999-12-31T23:59:59.100000Z\"");
    }

    private static String time(String instant) {
        return new String(new JsonBytes(1).time(Instant.parse(instant)).toBytes(), StandardCharsets.UTF_8);
    }

    @Test
    void escapesWhatMustBeAndNothingElse() {
        IntStream.range(0, 0x20)
                .forEach(each ->
                        assertThat(string(Character.toString(each))).isEqualTo(String.format("\"\\u%04x\"", each)));
        assertThat(string("\u007f/'<>&\u2028 ä😀")).isEqualTo("\"\u007f/'<>&\u2028 ä😀\"");
        assertThat(string("\"\\")).isEqualTo("\"\\\"\\\\\"");
    }

    private static String string(String text) {
        return new String(new JsonBytes(1).string(text).toBytes(), StandardCharsets.UTF_8);
    }
}
