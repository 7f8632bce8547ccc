package dev.workflow.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Names that begin as settings do and are none. */
final class MistypedTest {
    @ParameterizedTest
    @CsvSource({
        "WORKFLOW_API_KEY,              WORKFLOW_API_KEYS",
        "WORKFLOW_API_KYE,              WORKFLOW_API_KEYS",
        "WORKFLOW_ANONYMUS,             WORKFLOW_ANONYMOUS",
        "WORKFLOW_DATADIR,              WORKFLOW_DATA_DIR",
        "WORKFLOW_MAX_ATEMPT,           WORKFLOW_MAX_ATTEMPTS",
        "WORKFLOW_RETENTION_CONSUME,    WORKFLOW_RETENTION_CONSUMED",
        "WORKFLOW_LOG_LEVEL,            LOG_LEVEL",
        "WORKFLOW_DATABASE_URL,         DATABASE_URL",
        "WORKFLOW_PORT,                 PORT",
        "RABBITMQ_URL,                  RABBITMQ_URI",
        "DATABASE_URI,                  DATABASE_URL",
        "DATABASE_PASWORD,              DATABASE_PASSWORD",
        "DATABASE_USER,                 DATABASE_USERNAME",
        "DATABASE_PASS,                 DATABASE_PASSWORD",
    })
    void aNearNameIsProposed(String name, String meant) {
        assertThat(warnings(name))
                .containsExactly(name + " is no setting of this service; did you mean " + meant + "?");
    }

    @ParameterizedTest
    @ValueSource(strings = {"WORKFLOW_HOME", "WORKFLOW_X", "WORKFLOW_", "WORKFLOW_SECRET_OF_ANOTHER"})
    void noneIsProposedForWhatIsLikeNone(String name) {
        assertThat(warnings(name)).containsExactly(name + " is no setting of this service.");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "PATH",
                "workflow_api_key",
                "WORKFLOWS_PER_DAY",
                "SPORT",
                "HOSTS",
                "DATABASE_SSL",
                "DATABASE",
                "DATABASE_",
                "RABBITMQ_",
                "RABBITMQ_NODENAME",
                "WORKFLOW_JAVA_OPTIONS",
                "WORKFLOW_REQUIRE_RABBITMQ",
                "WORKFLOW_REQUIRE_CHROMIUM",
                "WORKFLOW_SERVICE_HOST",
                "WORKFLOW_SERVICE_PORT_HTTP",
                "WORKFLOW_WORKER_PORT_8000_TCP",
                "WORKFLOW_PORT_8000_TCP_ADDR",
            })
    void othersNamesArePassedOver(String name) {
        assertThat(warnings(name)).isEmpty();
    }

    /** It is for another program beside this one. */
    @Test
    void aNearNameIsPassedOverWhereTheSettingIsThere() {
        assertThat(Mistyped.warnings(Map.of("RABBITMQ_URL", "amqp://a", "RABBITMQ_URI", "amqp://b"), settings()))
                .isEmpty();
    }

    @Test
    void theAddressThatKubernetesGivesIsNoPort() {
        assertThat(Mistyped.warnings(Map.of("WORKFLOW_PORT", "tcp://10.0.0.1:8000"), settings()))
                .isEmpty();
    }

    @Test
    void noSettingIsMistyped() {
        Map<String, String> all = settings().stream().collect(Collectors.toMap(Function.identity(), _ -> "x"));

        assertThat(Mistyped.warnings(all, settings())).isEmpty();
        assertThat(all).containsKeys("WORKFLOW_API_KEYS", "WORKFLOW_DATA_DIR", "RABBITMQ_QUEUE_TYPE", "LOG_FORMAT");
    }

    @Test
    void aSettingIsOneWhateverElseIsSet() {
        assertThat(settings(Map.of("DATABASE_URL", "postgres://h/d", "RABBITMQ_URI", "amqp://h")))
                .isEqualTo(settings());
    }

    @Test
    void allAreNamedInTheirOrder() {
        assertThat(Mistyped.warnings(Map.of("WORKFLOW_B", "", "WORKFLOW_A", "", "WORKFLOW_C", ""), settings()))
                .extracting(line -> line.substring(0, line.indexOf(' ')))
                .containsExactly("WORKFLOW_A", "WORKFLOW_B", "WORKFLOW_C");
    }

    private static List<String> warnings(String name) {
        return Mistyped.warnings(Map.of(name, "secret"), settings());
    }

    private static Set<String> settings() {
        return settings(Map.of());
    }

    private static Set<String> settings(Map<String, String> environment) {
        Variables variables = new Variables(environment);
        Settings.from(variables);
        return variables.asked();
    }
}
