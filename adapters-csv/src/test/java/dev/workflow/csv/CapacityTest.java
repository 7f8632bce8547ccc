package dev.workflow.csv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.workflow.domain.Fault;
import dev.workflow.domain.Utf8Text;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** Who may make a table, and who is refused. */
class CapacityTest {
    private static final int MEBIBYTE = 1 << 20;

    private final List<byte[]> held = new ArrayList<>();
    private final LivingTexts texts = new LivingTexts(MEBIBYTE, System::gc);
    private final Capacity capacity = new Capacity(limits(16L * MEBIBYTE, Duration.ZERO), texts);

    @Test
    void large_documents_are_worked_on_as_far_as_they_fit_together() {
        assertThat(nested(MEBIBYTE / 2, MEBIBYTE / 2)).isEqualTo("made");
        assertThatThrownBy(() -> nested(MEBIBYTE / 2, MEBIBYTE / 2 + 1)).isInstanceOf(Fault.Overloaded.class);
        assertThat(nested(MEBIBYTE / 2, MEBIBYTE / 2)).isEqualTo("made");
    }

    @Test
    void small_documents_need_no_turn() {
        assertThat(nested(MEBIBYTE, 64 << 10)).isEqualTo("made");
        assertThatThrownBy(() -> nested(MEBIBYTE, (64 << 10) + 1)).isInstanceOf(Fault.Overloaded.class);
    }

    @Test
    void documents_that_are_too_much_get_all_there_is() {
        assertThat(capacity.<String>make(9L * MEBIBYTE, () -> "made")).isEqualTo("made");
        assertThatThrownBy(() -> nested(9L * MEBIBYTE, 9L * MEBIBYTE)).isInstanceOf(Fault.Overloaded.class);
    }

    @Test
    void a_turn_ends_when_the_table_fails() {
        Supplier<String> failing = () -> {
            throw new IllegalStateException("no table");
        };
        assertThatThrownBy(() -> capacity.make(MEBIBYTE, failing)).isInstanceOf(IllegalStateException.class);
        assertThat(capacity.<String>make(MEBIBYTE, () -> "made")).isEqualTo("made");
    }

    @Test
    void a_text_for_which_there_is_no_room_is_refused() {
        held.add(texts.allocate(MEBIBYTE));
        assertThatThrownBy(() -> capacity.make(1, this::text)).isInstanceOf(Fault.Overloaded.class);
        held.clear();
        assertThat(capacity.<byte[]>make(1, this::text)).hasSize(MEBIBYTE);
    }

    @Test
    void a_text_beside_tables_takes_their_room_as_long_as_it_is_read() {
        JsonCsvExporter exporter = new JsonCsvExporter(capacity);
        held.add(exporter.besideTables(Utf8Text.ofBytes(new byte[MEBIBYTE])).bytes());
        assertThatThrownBy(() -> capacity.make(1, this::text)).isInstanceOf(Fault.Overloaded.class);
        held.clear();
        assertThat(capacity.<byte[]>make(1, this::text)).hasSize(MEBIBYTE);
    }

    @Test
    void a_text_is_begun_again_when_there_is_room() {
        Capacity patient = new Capacity(limits(MEBIBYTE, Duration.ofDays(1)), texts);
        held.add(texts.allocate(MEBIBYTE));
        byte[] text = patient.make(MEBIBYTE, () -> {
            try {
                return texts.allocate(MEBIBYTE);
            } catch (NoRoom full) {
                held.clear();
                throw full;
            }
        });
        assertThat(text).hasSize(MEBIBYTE);
    }

    @Test
    void whoever_waits_must_not_hold_too_much() {
        Capacity patient = new Capacity(limits(MEBIBYTE - 1, Duration.ofDays(1)), texts);
        held.add(texts.allocate(MEBIBYTE));
        assertThatThrownBy(() -> patient.make(MEBIBYTE, this::text)).isInstanceOf(Fault.Overloaded.class);
        held.clear();
        assertThat(patient.<byte[]>make(MEBIBYTE, this::text)).hasSize(MEBIBYTE);
    }

    private static Capacity.Limits limits(long waiting, Duration patience) {
        return new Capacity.Limits(MEBIBYTE, waiting, patience, patience);
    }

    private byte[] text() {
        return texts.allocate(MEBIBYTE);
    }

    /** On two threads, one while the other is at it. */
    private String nested(long first, long second) {
        return capacity.make(first, () -> onAnotherThread(() -> capacity.make(second, () -> "made")));
    }

    private static String onAnotherThread(Supplier<String> work) {
        try (ExecutorService thread = Executors.newVirtualThreadPerTaskExecutor()) {
            return thread.submit(work::get).get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof Fault fault) {
                throw fault;
            }
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
