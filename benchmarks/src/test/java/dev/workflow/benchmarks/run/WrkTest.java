package dev.workflow.benchmarks.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import org.junit.jupiter.api.Test;

class WrkTest {
    private static final String SAID = """
            Running 1s test @ http://127.0.0.1:1
              2 threads and 64 connections
              Latency Distribution
                 50%  500.00us
                 75%    4.12ms
                 90%   11.00ms
                 99%    1.20s
              9316 requests in 1.00s, 4.21MB read
            Requests/sec:   9314.22
            Transfer/sec:      4.21MB
            """;

    @Test
    void its_latencies_come_in_milliseconds_whatever_their_unit() {
        Sample sample = Wrk.read(SAID);

        assertThat(sample.value()).isEqualTo(9314.22);
        assertThat(sample.details()).containsExactly(entry("p50 ms", 0.5), entry("p99 ms", 1200.0));
    }

    @Test
    void an_answer_that_is_an_error_breaks_the_measurement() {
        assertThatThrownBy(() -> Wrk.read(SAID + "  Non-2xx or 3xx responses: 7\n"))
                .isInstanceOf(Broken.class)
                .hasMessage("wrk says: Non-2xx or 3xx responses: 7");
    }

    @Test
    void a_connection_that_broke_breaks_the_measurement() {
        assertThatThrownBy(() -> Wrk.read(SAID + "  Socket errors: connect 0, read 3, write 0, timeout 0\n"))
                .isInstanceOf(Broken.class);
    }

    @Test
    void no_answer_is_no_measurement() {
        assertThatThrownBy(() -> Wrk.read(SAID.replace("9316 requests", "0 requests")))
                .isInstanceOf(Broken.class);
    }
}
