package dev.workflow.rest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.workflow.contracts.Eventually;
import dev.workflow.domain.port.WorkflowRepository;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** An instance that is about to stop sends its clients away politely. */
final class DrainingTest extends ServiceTest {
    @Test
    void everyAnswerClosesItsConnection() {
        String id = submit("1");
        service.lifecycle.drain();
        for (String target : new String[] {
            "/workflow", "/workflow?limit=1", "/workflow/" + id, "/workflow/x", "/nothing", "/health/readiness"
        }) {
            for (String method : new String[] {"GET", "HEAD", "DELETE"}) {
                try (RawConnection connection = new RawConnection(service)) {
                    connection.send(method + " " + target + " HTTP/1.1\r\nHost: a\r\n\r\n");
                    Reply reply = method.equals("HEAD") ? connection.replyToHead() : connection.reply();
                    reply.has("Connection", "close");
                    assertThat(connection.rest()).isEmpty();
                }
            }
        }
        RawConnection.exchange(service, "what?\r\n\r\n").has("Connection", "close");
        startAgain();
    }

    @Test
    void anAnswerUnderWayClosesItsConnectionToo() {
        AtomicReference<StuckRepository> stuck = new AtomicReference<>();
        try (TestService stopping = TestService.start(store -> keep(stuck, store), Map.of());
                RawConnection connection = new RawConnection(stopping)) {
            connection.send("GET /workflow/" + UNKNOWN + " HTTP/1.1\r\nHost: a\r\n\r\n");
            stopping.lifecycle.drain();
            stuck.get().letGo();

            connection.reply().isProblem(404, "unknown-workflow").has("Connection", "close");
            assertThat(connection.rest()).isEmpty();
        }
    }

    /** Another one is, for a while, since it may be sending what it must not be reset for. */
    @Test
    void whoOnlyStaysIsNotWaitedFor() {
        try (RawConnection sending = new RawConnection(service);
                RawConnection idle = new RawConnection(service)) {
            sending.send("GET /health/liveness HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
            sending.reply().is(200);
            assertThat(sending.rest()).isEmpty();
            service.lifecycle.drain();
            idle.send(RawConnection.PING).reply().has("Connection", "close");

            Eventually.holds("a connection that is closed on both sides", idle::refusesBytes);
            assertThat(sending.refusesBytes()).isFalse();
        }
        startAgain();
    }

    @Test
    void whoIsStillSendingIsNotReset() {
        service.lifecycle.drain();
        try (RawConnection refused = new RawConnection(service)) {
            refused.send("POST /workflow HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n"
                    + "Content-Length: 9999999\r\n\r\n[");
            refused.reply().is(413).has("Connection", "close");
            assertThat(refused.rest()).isEmpty();
            assertThat(refused.refusesBytes()).isFalse();
        }
        startAgain();
    }

    private static WorkflowRepository keep(AtomicReference<StuckRepository> stuck, WorkflowRepository store) {
        StuckRepository repository = new StuckRepository(store);
        stuck.set(repository);
        return repository;
    }

    @Test
    void beforeThatConnectionsStay() {
        try (RawConnection connection = new RawConnection(service)) {
            connection.send(RawConnection.PING);
            connection.reply().is(200).hasNo("Connection");
            connection.send(RawConnection.PING);
            connection.reply().is(200);
        }
    }
}
