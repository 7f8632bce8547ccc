package dev.workflow.rest.list;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.workflow.domain.Listing;
import dev.workflow.rest.GeneratedRepository;
import java.io.ByteArrayOutputStream;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.reactivestreams.Subscription;
import reactor.core.publisher.BaseSubscriber;

final class WorkflowChunksTest {
    private static final int ROWS = 10_000;

    private final GeneratedRepository repository = new GeneratedRepository(ROWS, "\"" + "x".repeat(100) + "\"");
    private final ReadAhead readAhead = new ReadAhead();
    private final Queue<Runnable> writer = new ArrayDeque<>();
    private final Reader reader = new Reader();

    private static final class Reader extends BaseSubscriber<byte[]> {
        final List<byte[]> pieces = new ArrayList<>();
        boolean ended;

        @Override
        protected void hookOnSubscribe(Subscription subscription) {
            request(2);
        }

        @Override
        protected void hookOnNext(byte[] piece) {
            pieces.add(piece);
        }

        @Override
        protected void hookOnComplete() {
            ended = true;
        }
    }

    @BeforeEach
    void subscribe() {
        WorkflowPages pages = new WorkflowPages(repository, Listing.ofAll(1));
        new WorkflowChunks(new ListForm.Lines(), pages, readAhead)
                .stream(Runnable::run, writer::add).subscribe(reader);
    }

    @AfterEach
    void close() {
        readAhead.close();
    }

    private void write() {
        for (Runnable task = writer.poll(); task != null; task = writer.poll()) {
            task.run();
        }
    }

    @Test
    void nobodyButTheWriterHandsPiecesOn() {
        assertThat(reader.pieces).isEmpty();
        write();
        assertThat(reader.pieces).hasSize(2);
        reader.requestUnbounded();
        assertThat(reader.pieces).hasSize(2);
        write();

        ByteArrayOutputStream all = new ByteArrayOutputStream();
        reader.pieces.forEach(all::writeBytes);
        assertThat(all.toString(UTF_8).lines()).hasSize(ROWS);
        assertThat(reader.ended).isTrue();
    }

    @Test
    void aReaderWhoLeftGetsNothingMore() {
        write();
        reader.request(2);
        reader.cancel();
        write();

        assertThat(reader.pieces).hasSize(2);
    }
}
