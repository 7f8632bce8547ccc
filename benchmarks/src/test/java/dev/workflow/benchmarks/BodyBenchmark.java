package dev.workflow.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.workflow.rest.json.BodyReader;
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

/** From the bytes of a request to workflows that are checked and keep their bytes; Jackson makes a tree and checks nothing. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class BodyBenchmark {
    @Param
    public BodyDocument document;

    private final ObjectMapper mapper = new ObjectMapper();
    private byte[] json;

    @Setup
    public void read() {
        json = document.json();
    }

    @Benchmark
    public BodyReader.Submitted reader() {
        return BodyReader.submission(json);
    }

    @Benchmark
    public JsonNode jackson() throws IOException {
        return mapper.readTree(json);
    }
}
