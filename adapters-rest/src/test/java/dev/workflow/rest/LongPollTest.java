package dev.workflow.rest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.workflow.contracts.Eventually;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Consumers who wait for an arrival. */
final class LongPollTest extends ServiceTest {
    private static final String WAIT = "GET /workflow/consume?wait=20 HTTP/1.1\r\nHost: a\r\n\r\n";

    @BeforeEach
    void empty() {
        startAgain();
    }

    private void isWaiting(RawConnection connection) {
        service.awaitWaiting(1);
        assertThat(connection.isSilent()).isTrue();
    }

    @Test
    void endWithTheFirstArrival() {
        try (RawConnection waiting = new RawConnection(service)) {
            waiting.send(WAIT);
            isWaiting(waiting);

            String id = submit("1");

            waiting.reply().is(200).has("Workflow-UUID", id);
        }
    }

    @Test
    void endAtOnceWhenSomethingIsThere() {
        String id = submit("1");
        client.get("/workflow/consume?wait=20&max=5").is(200).has("Workflow-Count", "1");
        client.get("/workflow/" + id).says("consumed");
    }

    @Test
    void endWithNothingWhenNothingComes() {
        client.get("/workflow/consume?wait=1").is(204).hasNo("Retry-After").has("Cache-Control", "no-store");
        client.get("/workflow/consume?wait=0").is(204);
    }

    @Test
    void mayOutlastTheTimeThatOtherAnswersHave() {
        Duration limit = Duration.ofMillis(100);
        try (TestService hasty = TestService.start(Map.of("workflow.rest.answer-timeout", limit.toMillis() + "ms"));
                RawConnection waiting = new RawConnection(hasty)) {
            waiting.send(WAIT);
            hasty.awaitWaiting(1);
            long start = System.nanoTime();
            Eventually.holds("it outlasts that", () -> System.nanoTime() - start > 2 * limit.toNanos());
            assertThat(waiting.isSilent()).isTrue();

            UUID id = hasty.store("1");

            waiting.reply().is(200).has("Workflow-UUID", id.toString());
        }
    }

    @Test
    void oneWhoLeavesTakesNothing() {
        try (RawConnection leaving = new RawConnection(service)) {
            leaving.send(WAIT);
            isWaiting(leaving);
        }
        awaitNobody();
        try (RawConnection staying = new RawConnection(service)) {
            staying.send(WAIT);
            isWaiting(staying);

            String id = submit("1");

            staying.reply().is(200).has("Workflow-UUID", id).has("Workflow-Attempt", "1");
            client.get("/workflow/" + id).says("\"attempts\":0");
        }
    }

    /** Who is called out, and is not seen yet to have left, is back a moment later. */
    private void awaitNobody() {
        AtomicInteger looks = new AtomicInteger();
        Eventually.holds(
                "nobody waits any more",
                () -> looks.updateAndGet(before -> service.consume.waiting() == 0 ? before + 1 : 0) > 30);
    }

    @Test
    void manyWaitWithoutAThreadEach() {
        int count = 200;
        List<RawConnection> waiting = new ArrayList<>();
        try {
            int before = Thread.activeCount();
            for (int i = 0; i < count; i++) {
                waiting.add(new RawConnection(service).send(WAIT));
            }
            service.awaitWaiting(count);
            assertThat(Thread.activeCount() - before).isLessThan(50);

            for (int i = 0; i < count; i++) {
                submit(Integer.toString(i));
            }
            List<String> taken = waiting.stream()
                    .map(each -> each.reply().is(200).header("Workflow-UUID").orElseThrow())
                    .toList();
            assertThat(taken).doesNotHaveDuplicates();
        } finally {
            waiting.forEach(RawConnection::close);
        }
    }

    @Test
    void endWithNothingWhenTheInstanceStops() {
        try (RawConnection waiting = new RawConnection(service)) {
            waiting.send(WAIT);
            isWaiting(waiting);

            service.lifecycle.drain();
            service.consume.drain();

            waiting.reply().is(204).has("Retry-After", "1").has("Connection", "close");
        }
    }

    @Test
    void aWrongParameterIsToldAtOnce() {
        client.get("/workflow/consume?wait=20&delimiter=a").isProblem(400, "invalid-parameter");
        client.post("/workflow/consume?wait=20", "{}").isProblem(400, "invalid-field");
    }
}
