package dev.workflow.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ServiceTest {
    @ParameterizedTest
    @CsvSource({
        "127.0.0.1, 127.0.0.1",
        "localhost, localhost",
        "::1,       [::1]",
        "[::1],     [::1]",
        "0.0.0.0,   localhost",
        "::,        localhost"
    })
    void aHostIsNamedAsClientsCallIt(String host, String named) {
        assertThat(Service.inUri(host)).isEqualTo(named);
    }
}
