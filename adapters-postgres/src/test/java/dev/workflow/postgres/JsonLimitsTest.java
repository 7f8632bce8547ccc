package dev.workflow.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.workflow.domain.Content;
import dev.workflow.domain.SubmitOutcome;
import dev.workflow.domain.Utf8Text;
import dev.workflow.domain.Workflow;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Which JSON texts PostgreSQL cannot hold; requests are checked for them before they come here. */
final class JsonLimitsTest extends OnOneDatabase {
    static Stream<String> unstorable() {
        return Stream.of(
                "\"\\u0000\"",
                "{\"a\\\\\\u0000\":1}",
                "\"\\ud800\"",
                "\"\\udc00\\ud800\"",
                "{\"a\":\"\\ud83dx\",\"a\":1}",
                "1e131072",
                "0.01e131074",
                "9".repeat(131_073),
                "1e-16384",
                "1.0e-16383",
                "0." + "0".repeat(16_384),
                "0e-16384",
                "[".repeat(200_000) + "]".repeat(200_000));
    }

    @ParameterizedTest
    @MethodSource("unstorable")
    void blamesWhatCannotBeStored(String data) {
        Workflow good = workflow("1");
        List<SubmitOutcome> outcomes = insert(submission(good), submission(workflow(data)));
        assertThat(outcomes.get(0)).isInstanceOf(SubmitOutcome.Stored.class);
        assertThat(outcomes.get(1)).isInstanceOf(SubmitOutcome.Refused.class);
        assertThat(((SubmitOutcome.Refused) outcomes.get(1)).detail()).isNotEqualTo("It cannot be stored.");
        assertThat(found(good.id())).isEqualTo(good);
    }

    static Stream<String> storable() {
        return Stream.of(
                "\"\\\\u0000\"",
                "\"\\ud83d\\uDE00\\uffff\\u0001\"",
                "0.01e131073",
                "9".repeat(131_072) + "." + "9".repeat(16_383),
                "1.5e-16382",
                "1." + "1".repeat(16_384) + "e1",
                "0e999999",
                "1e" + "0".repeat(500) + "1",
                "[".repeat(5_000) + "]".repeat(5_000));
    }

    @ParameterizedTest
    @MethodSource("storable")
    void storesWhatIsJustWithinTheLimits(String data) {
        Workflow workflow = stored(data).getFirst();
        assertThat(found(workflow.id())).isEqualTo(workflow);
    }

    @Test
    void bytesThatAreNotUtf8AreRefused() {
        Utf8Text broken = Utf8Text.ofBytes(new byte[] {'"', (byte) 0xC0, (byte) 0x80, '"'});
        Workflow workflow = Workflow.submitted(IDS.next(), new Content(broken, List.of()));
        assertThat(insert(submission(workflow)).getFirst()).isInstanceOf(SubmitOutcome.Refused.class);
    }
}
