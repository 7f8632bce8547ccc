package dev.workflow.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import io.micronaut.context.ApplicationContext;
import io.micronaut.http.netty.channel.EventLoopGroupConfiguration;
import io.micronaut.http.server.netty.configuration.NettyHttpServerConfiguration;
import io.micronaut.inject.qualifiers.Qualifiers;
import io.micronaut.web.router.Router;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ServiceTest {
    /** When it stops, all requests have ended; Netty would look for more for two seconds, in each of its groups. */
    @Test
    void noGroupOfTheServerKeepsAQuietPeriod() {
        try (ApplicationContext context = ApplicationContext.run(Service.properties(Servers.ANY_PORT))) {
            EventLoopGroupConfiguration accepting =
                    context.getBean(NettyHttpServerConfiguration.class).getParent();
            EventLoopGroupConfiguration serving = context.getBean(
                    EventLoopGroupConfiguration.class, Qualifiers.byName(EventLoopGroupConfiguration.DEFAULT));

            assertThat(accepting.getShutdownQuietPeriod()).isZero();
            assertThat(serving.getShutdownQuietPeriod()).isZero();
        }
    }

    @ParameterizedTest
    @CsvSource({"on, true", "off, false"})
    void theConsoleIsThereUnlessItIsSwitchedOff(String value, boolean there) {
        Settings.Listen listen =
                Settings.from(Map.of("WORKFLOW_CONSOLE", value)).listen();
        try (ApplicationContext context = ApplicationContext.run(Service.properties(listen))) {
            assertThat(context.getBean(Router.class)
                            .uriRoutes()
                            .anyMatch(route ->
                                    route.getUriMatchTemplate().toString().equals("/console")))
                    .isEqualTo(there);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "127.0.0.1, 127.0.0.1",
        "localhost, localhost",
        "::1,       [::1]",
        "[::1],     [::1]",
        "0.0.0.0,   localhost",
        "::,        localhost",
        "[::],      localhost"
    })
    void aHostIsNamedAsClientsCallIt(String host, String named) {
        assertThat(Service.inUri(host)).isEqualTo(named);
    }
}
