package dev.workflow.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.workflow.contracts.Eventually;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** The whole list, when it is large. */
final class ListStreamTest {
    private static final String KILOBYTE = "\"" + "x".repeat(1022) + "\"";

    /** What may be under way: buffers of two sockets, and a few pages. */
    private static final long UNDER_WAY_BYTES = 32L << 20;

    private static final int ROWS = 100_000;

    @Test
    void neverRunsFarAheadOfItsReader() throws IOException {
        GeneratedRepository repository = new GeneratedRepository(ROWS, KILOBYTE);
        try (TestService service = TestService.start(store -> repository);
                Client other = new Client(service);
                RawConnection slow = new RawConnection(service)) {
            slow.send("GET /workflow HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
            Eventually.holds("the list begins", () -> repository.made() > 0);
            for (int i = 0; i < 300; i++) {
                other.get("/health/liveness").is(200);
            }
            assertThat(repository.made() * 1024L).isLessThan(UNDER_WAY_BYTES);

            byte[] piece = new byte[1 << 20];
            long read = 0;
            for (int last = slow.input().readNBytes(piece, 0, piece.length);
                    last > 0;
                    last = slow.input().readNBytes(piece, 0, piece.length)) {
                read += last;
                assertThat(repository.made() * 1024L - read).isLessThan(UNDER_WAY_BYTES);
            }
            assertThat(repository.made()).isEqualTo(ROWS);
            assertThat(repository.largestPage()).isLessThanOrEqualTo(1024);
        }
    }

    @Test
    void isWhole() {
        GeneratedRepository repository = new GeneratedRepository(12_345, "{\"a\":1.0}");
        try (TestService service = TestService.start(store -> repository);
                Client client = new Client(service)) {
            Reply reply = client.get("/workflow").is(200).has("Transfer-Encoding", "chunked");

            assertThat(reply.workflows()).isEqualTo(12_345);
            assertThat(reply.text())
                    .startsWith("[{\"UUID\":\"" + GeneratedRepository.id(0))
                    .endsWith("\"delivery_id\":null}]")
                    .doesNotContain("}{")
                    .contains("\"data\":{\"a\":1.0},");
            assertThat(reply.text().split("},\n\\{\"UUID", -1)).hasSize(12_345);
        }
    }

    @Test
    void isWholeWhenItsPagesAreShort() {
        GeneratedRepository repository = new GeneratedRepository(50, KILOBYTE).givingAtMost(7);
        try (TestService service = TestService.start(store -> repository);
                Client client = new Client(service)) {
            assertThat(client.get("/workflow").is(200).workflows()).isEqualTo(50);
            assertThat(client.get("/workflow?limit=49")
                            .is(200)
                            .has("Link", linkAfter(48, 49))
                            .workflows())
                    .isEqualTo(49);
            assertThat(client.get("/workflow?limit=50").is(200).hasNo("Link").workflows())
                    .isEqualTo(50);
        }
    }

    private static String linkAfter(int row, int limit) {
        return "</workflow?limit=" + limit + "&after=" + GeneratedRepository.id(row) + ">; rel=\"next\"";
    }

    @Test
    void isCutWhenItFailsAndNeverLooksWhole() {
        GeneratedRepository repository = new GeneratedRepository(5_000, KILOBYTE).failingAt(3_000);
        try (TestService service = TestService.start(store -> repository);
                RawConnection connection = new RawConnection(service)) {
            connection.send("GET /workflow HTTP/1.1\r\nHost: a\r\n\r\n");
            String answer = new String(connection.rest(), StandardCharsets.US_ASCII);

            assertThat(answer).startsWith("HTTP/1.1 200 OK\r\n").contains("[{\"UUID\"");
            assertThat(answer).doesNotContain("\r\n0\r\n").doesNotContain("]\r\n");
        }
    }

    @Test
    void olderClientsGetItWithoutChunksUntilTheConnectionEnds() {
        GeneratedRepository repository = new GeneratedRepository(5_000, KILOBYTE);
        for (String keepAlive : new String[] {"", "Connection: keep-alive\r\n"}) {
            try (TestService service = TestService.start(store -> repository);
                    RawConnection connection = new RawConnection(service)) {
                connection.send("GET /workflow HTTP/1.0\r\n" + keepAlive + "\r\n");
                String answer = new String(connection.rest(), StandardCharsets.US_ASCII);

                assertThat(answer)
                        .doesNotContainIgnoringCase("Transfer-Encoding")
                        .endsWith("\"delivery_id\":null}]");
                assertThat(answer.split("},\n\\{\"UUID", -1)).hasSize(5_000);
            }
        }
    }

    @Test
    void aCutIsAResetForThem() {
        GeneratedRepository repository = new GeneratedRepository(50_000, KILOBYTE).failingAt(30_000);
        try (TestService service = TestService.start(store -> repository);
                RawConnection connection = new RawConnection(service)) {
            connection.send("GET /workflow HTTP/1.0\r\n\r\n");

            assertThatThrownBy(() -> connection.input().transferTo(OutputStream.nullOutputStream()))
                    .isInstanceOf(SocketException.class);
        }
    }

    @Test
    void aFailureBeforeTheFirstPageIsToldInTheHead() {
        GeneratedRepository repository = new GeneratedRepository(5_000, KILOBYTE).failingAt(0);
        try (TestService service = TestService.start(store -> repository);
                Client client = new Client(service)) {
            client.get("/workflow").isProblem(503, "unavailable").has("Retry-After", "1");
            client.get("/workflow?limit=1").isProblem(503, "unavailable");
            client.head("/workflow").is(503);
        }
    }

    @Test
    void soIsOneBeforeTheFirstPieceIsWhole() {
        GeneratedRepository repository = new GeneratedRepository(100, "1").failingAt(50);
        try (TestService service = TestService.start(store -> repository);
                Client client = new Client(service)) {
            client.get("/workflow").isProblem(503, "unavailable").has("Retry-After", "1");
            client.head("/workflow").is(503);
        }
    }

    @Test
    void endsWhenItsReaderLeaves() throws IOException {
        GeneratedRepository repository = new GeneratedRepository(Integer.MAX_VALUE / 2, KILOBYTE);
        try (TestService service = TestService.start(store -> repository)) {
            try (RawConnection connection = new RawConnection(service)) {
                connection.send("GET /workflow HTTP/1.1\r\nHost: a\r\n\r\n");
                InputStream in = connection.input();
                in.readNBytes(1 << 20);
            }
            Eventually.holds("nothing is read any more", new StandsStill(repository)::look);
        }
    }

    /** True once many looks in a row found the same. */
    private static final class StandsStill {
        private final GeneratedRepository repository;
        private int last = -1;
        private int same;

        StandsStill(GeneratedRepository repository) {
            this.repository = repository;
        }

        boolean look() {
            int now = repository.made();
            same = now == last ? same + 1 : 0;
            last = now;
            return same > 50;
        }
    }

    @Test
    void aPageOfLargeWorkflowsEndsEarlyAndLinksOn() {
        GeneratedRepository repository = new GeneratedRepository(100, "\"" + "x".repeat(1_000_000) + "\"");
        try (TestService service = TestService.start(store -> repository);
                Client client = new Client(service)) {
            Reply first = client.get("/workflow?limit=60").is(200);

            long got = first.workflows();
            assertThat(got).isBetween(1L, 59L);
            first.has("Link", linkAfter((int) got - 1, 60));
        }
    }
}
