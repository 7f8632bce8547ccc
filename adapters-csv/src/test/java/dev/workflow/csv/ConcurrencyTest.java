package dev.workflow.csv;

import static org.assertj.core.api.Assertions.assertThat;

import dev.workflow.domain.csv.CsvOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ConcurrencyTest {
    @Test
    void many_threads_share_an_exporter() throws Exception {
        List<Callable<@Nullable Void>> tasks = new ArrayList<>();
        for (int i = 0; i < 64; i++) {
            int first = i * 50;
            tasks.add(() -> renderAll(first, first + 50));
        }
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<@Nullable Void> done : threads.invokeAll(tasks)) {
                done.get();
            }
        }
    }

    private static @Nullable Void renderAll(int from, int to) {
        for (int seed = from; seed < to; seed++) {
            String document = new RandomJson(seed).document();
            CsvOptions options = seed % 2 == 0 ? CsvOptions.DEFAULT : new RandomOptions(seed).options();
            assertThat(Render.csv(document, options)).isEqualTo(new ModelCsv(options, List.of(document)).csv());
        }
        return null;
    }
}
