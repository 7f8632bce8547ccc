package dev.workflow.benchmarks;

import dev.workflow.csv.JsonCsvExporter;
import dev.workflow.domain.Utf8Text;
import dev.workflow.domain.csv.CsvOptions;
import dev.workflow.domain.csv.CsvOutcome;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** From the bytes of a document to the bytes of its table. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class CsvBenchmark {
    @Param
    public CsvDocument document;

    private final JsonCsvExporter exporter = new JsonCsvExporter();
    private final JacksonCsv jackson = new JacksonCsv();
    private byte[] json;

    @Setup
    public void read() {
        json = document.json();
    }

    @Benchmark
    public CsvOutcome exporter() {
        return exporter.preview(Utf8Text.ofBytes(json), CsvOptions.DEFAULT);
    }

    @Benchmark
    public byte[] jackson() throws IOException {
        return jackson.write(json);
    }
}
