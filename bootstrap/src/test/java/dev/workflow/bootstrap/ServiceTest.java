package dev.workflow.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import io.micronaut.context.ApplicationContext;
import io.micronaut.web.router.Router;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ServiceTest {
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
        "::,        localhost"
    })
    void aHostIsNamedAsClientsCallIt(String host, String named) {
        assertThat(Service.inUri(host)).isEqualTo(named);
    }
}
