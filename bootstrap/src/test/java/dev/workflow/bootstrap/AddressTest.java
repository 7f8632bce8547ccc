package dev.workflow.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What an operator is told who let the service listen where it cannot. */
final class AddressTest {
    private static final BindException CAUSE = new BindException();

    @Test
    void aTakenPortIsToBeChangedByTheVariableThatNamedIt() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String port = Integer.toString(taken.getLocalPort());

            assertThat(address(Map.of("PORT", port)).refused(CAUSE))
                    .hasMessage("PORT " + port
                            + " of HOST 127.0.0.1 is taken or may not be used: set PORT to another one.");
            assertThat(address(Map.of("MICRONAUT_SERVER_PORT", port)).refused(CAUSE))
                    .hasMessageEndingWith("set MICRONAUT_SERVER_PORT to another one.");
        }
    }

    /** 192.0.2.1 is kept for documents (RFC 5737): no machine has it. */
    @Test
    void whereTheAddressIsAnotherMachinesNoPortWouldHelp() {
        assertThat(address(Map.of("HOST", "192.0.2.1")).refused(CAUSE))
                .hasMessage("HOST is \"192.0.2.1\", which is not an address of this machine: "
                        + "set HOST to one that is, such as 127.0.0.1.");
        assertThat(address(Map.of("MICRONAUT_SERVER_HOST", "192.0.2.1")).refused(CAUSE))
                .hasMessageContaining("set MICRONAUT_SERVER_HOST to");
    }

    private static Address address(Map<String, String> environment) {
        return Address.of(new Variables(environment));
    }
}
