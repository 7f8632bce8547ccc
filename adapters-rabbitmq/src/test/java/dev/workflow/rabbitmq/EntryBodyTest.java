package dev.workflow.rabbitmq;

import static org.assertj.core.api.Assertions.assertThat;

import com.rabbitmq.client.AMQP;
import dev.workflow.domain.QueueEntry;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.UUID;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class EntryBodyTest {
    private static final AMQP.BasicProperties OURS = properties(EntryBody.CONTENT_TYPE);

    private final QueueEntry entry = new QueueEntry(
            new UUID(0x0123456789abcdefL, 0x8edcba9876543210L), Instant.parse("2026-01-02T03:04:05.678901Z"));
    private final byte[] body = EntryBody.encode(entry);

    @Test
    void whatIsWrittenIsReadAgain() {
        assertThat(EntryBody.decode(OURS, body)).contains(entry);
    }

    /** What came back older than it went in would be stale for ever. */
    @Test
    void noMicrosecondIsLost() {
        Stream.of("2026-01-02T03:04:05Z", "1970-01-01T00:00:00Z", "0001-01-01T00:00:00Z", "9999-12-31T23:59:59Z")
                .map(Instant::parse)
                .flatMap(time -> LongStream.range(-1003, 1003).mapToObj(i -> time.plus(i * 997, ChronoUnit.MICROS)))
                .map(time -> new QueueEntry(entry.workflowId(), time))
                .forEach(each -> assertThat(EntryBody.decode(OURS, EntryBody.encode(each)))
                        .contains(each));
    }

    /** Other instances, older and newer ones, read it too. */
    @Test
    void theFormIsFixed() {
        assertThat(body)
                .asHexString()
                .isEqualToIgnoringCase("01" + "0123456789ABCDEF8EDCBA9876543210" + "0006475EF6574F35");
    }

    @Test
    void whatSomebodyElseWroteIsNotRead() {
        assertThat(EntryBody.decode(OURS, new byte[0])).isEmpty();
        assertThat(EntryBody.decode(OURS, Arrays.copyOf(body, body.length - 1))).isEmpty();
        assertThat(EntryBody.decode(OURS, Arrays.copyOf(body, body.length + 1))).isEmpty();
        assertThat(EntryBody.decode(properties("text/plain"), body)).isEmpty();
        assertThat(EntryBody.decode(properties(null), body)).isEmpty();
        byte[] nextVersion = body.clone();
        nextVersion[0] = 2;
        assertThat(EntryBody.decode(OURS, nextVersion)).isEmpty();
    }

    private static AMQP.BasicProperties properties(String contentType) {
        return new AMQP.BasicProperties.Builder().contentType(contentType).build();
    }
}
