package dev.workflow.rest.json;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** How much longer a lease shall last, being read. */
final class ExtensionBody {
    static final String TAKES = "{\"lease\": seconds}, {} or nothing";

    private Optional<Duration> lease = Optional.empty();

    static Optional<Duration> read(JsonTokens tokens, BodyFlaws flaws) {
        PlainValues values = new PlainValues(tokens, flaws);
        ExtensionBody body = new ExtensionBody();
        new ObjectBody(
                        tokens,
                        flaws,
                        Map.of(
                                "lease",
                                first -> body.lease = Optional.of(
                                        Duration.ofSeconds(values.wholeNumber(first, 1, BodyReader.LONGEST_LEASE)))))
                .read();
        return body.lease;
    }
}
