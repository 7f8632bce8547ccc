package dev.workflow.rest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.workflow.contracts.Eventually;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Memory for bodies that are still coming. */
final class BodyRoomTest extends ServiceTest {
    /** Two do not fit, with what it takes to keep them. */
    private static final String LARGE = "{\"data\":\"" + "x".repeat(40_000) + "\"}";

    private static final int MOST = 30_000;

    @Override
    TestService newService() {
        return TestService.start(Map.of("workflow.rest.body-room", "64000"));
    }

    private static String head(String path, String framing) {
        return "POST " + path + " HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n" + framing + "\r\n\r\n";
    }

    private static String post() {
        return head("/workflow", "Content-Length: " + LARGE.length());
    }

    @Test
    void whoFindsNoneIsRefusedAndTheOthersGoOn() {
        try (RawConnection refused = new RawConnection(service)) {
            refused.send(head("/workflow", "Content-Length: 99999") + LARGE + LARGE);
            refused.reply().isProblem(503, "overloaded").has("Retry-After", "1").has("Connection", "close");
            assertThat(refused.rest()).isEmpty();
        }
        RawConnection.exchange(service, post() + LARGE).is(201);
    }

    /** Pieces of one byte take far more than one byte each. */
    @Test
    void smallPiecesCountForWhatItTakesToKeepThem() {
        String chunks = "1\r\n1\r\n".repeat(MOST / 100);
        try (RawConnection connection = new RawConnection(service)) {
            connection.send(head("/workflow", "Transfer-Encoding: chunked") + chunks);
            connection.reply().isProblem(503, "overloaded");
        }
    }

    @Test
    void whateverBecomesOfABodyItsMemoryIsFreeAgain() {
        try (TestService impatient =
                TestService.start(Map.of("workflow.rest.body-room", "64000", "workflow.rest.request-timeout", "1s"))) {
            for (int i = 0; i < 2; i++) {
                RawConnection.exchange(impatient, post() + LARGE).is(201);
                RawConnection.exchange(impatient, post() + LARGE.substring(0, MOST))
                        .isProblem(408, "request-timeout");
                RawConnection.exchange(impatient, head("/nothing", "Content-Length: 99999") + LARGE)
                        .isProblem(404, "unknown-path");
                RawConnection.exchange(
                                impatient,
                                head("/workflow", "Transfer-Encoding: chunked") + "7000\r\n" + "x".repeat(0x7000)
                                        + "\r\nwhat?\r\n")
                        .isProblem(400, "malformed-request");
                RawConnection.exchange(impatient, head("/workflow", "Content-Length: 99999") + LARGE + LARGE)
                        .isProblem(503, "overloaded");
                try (RawConnection leaving = new RawConnection(impatient)) {
                    leaving.send(post() + LARGE.substring(0, MOST)).endOfInput().rest();
                }
                Eventually.holds(
                        "the memory of one who left is free",
                        () -> RawConnection.exchange(impatient, post() + LARGE).status() == 201);
            }
        }
    }

    @Test
    void whatIsNotNeededForTheAnswerIsFreeBeforeTheConnectionEnds() {
        String mebibyte = "x".repeat(1 << 20);
        try (TestService roomy = TestService.start(Map.of("workflow.rest.body-room", "2000000"));
                RawConnection sending = new RawConnection(roomy)) {
            sending.send(head("/workflow", "Transfer-Encoding: chunked") + "200000\r\n" + mebibyte + "x");
            sending.reply().isProblem(413, "payload-too-large");
            String body = "{\"data\":\"" + mebibyte.substring(20) + "\"}";
            RawConnection.exchange(roomy, head("/workflow", "Content-Length: " + body.length()) + body)
                    .is(201);
        }
    }
}
