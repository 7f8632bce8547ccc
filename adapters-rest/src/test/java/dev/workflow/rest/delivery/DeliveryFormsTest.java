package dev.workflow.rest.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.workflow.csv.JsonCsvExporter;
import dev.workflow.domain.Content;
import dev.workflow.domain.Fault;
import dev.workflow.domain.Utf8Text;
import dev.workflow.domain.Workflow;
import dev.workflow.domain.csv.CsvOptionsReader;
import dev.workflow.domain.port.CsvExporter;
import dev.workflow.rest.QueryParameters;
import dev.workflow.rest.csv.CsvQuery;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class DeliveryFormsTest {
    private final DeliveryForms forms = new DeliveryForms(new JsonCsvExporter());

    private DeliveryForm asked(String query, boolean batch) {
        Set<String> names = CsvOptionsReader.FOR_WORKFLOWS.names();
        return forms.csv(CsvQuery.read(QueryParameters.of("?" + query, names), CsvOptionsReader.FOR_WORKFLOWS), batch);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                "                                | csv",
                "header=true&delimiter=,&bom=false | csv",
                "separator=.&flatten=true&arrays=json&safe=false | csv",
                "delimiter=%3B                   | csv?delimiter=%3B",
                "delimiter=tab                   | csv?delimiter=%09",
                "delimiter=%09                   | csv?delimiter=%09",
                "bom=true&arrays=index           | csv?arrays=index&bom=true",
                "arrays=unwind                   | csv?arrays=unwind",
                "unwind=a.b&arrays=unwind        | csv?unwind=a.b",
                "unwind=a.b                      | csv?unwind=a.b",
                "null=                           | csv?null=",
                "null=N+A                        | csv?null=N+A",
                "columns=a,%22b,%22%22c%22       | csv?columns=%22a%22%2C%22b%2C%22%22c%22",
                "separator=%C3%A9                | csv?separator=%C3%A9",
                "columns=%00                     | csv?columns=%22%00%22",
                "with=steps,UUID&header=false&flatten=false&safe=true | csv?flatten=false&header=false&safe=true&with=steps%2CUUID",
            })
    void sameOptionsHaveOneText(String query, String text) {
        DeliveryForm form = asked(query == null ? "" : query, false);

        assertThat(form.text()).isEqualTo(text);
        assertThat(forms.of(text)).isEqualTo(form);
        String batchText = text.equals("csv") ? "csv?max" : text.replace("csv?", "csv?max&");
        assertThat(asked(query == null ? "" : query, true).text()).isEqualTo(batchText);
        assertThat(forms.of(batchText)).isEqualTo(asked(query == null ? "" : query, true));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void jsonHasNoOptions(boolean batch) {
        DeliveryForm form = forms.json(batch);

        assertThat(form.text()).isEqualTo(batch ? "json?max" : "json");
        assertThat(forms.of(form.text())).isEqualTo(form);
    }

    /** It waits for its reader in memory, as tables do. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void jsonIsRefusedWhereThereIsNoRoomForIt(boolean batch) {
        Fault full = new Fault.Overloaded("A test says so.");
        CsvExporter exporter = (CsvExporter) Proxy.newProxyInstance(
                CsvExporter.class.getClassLoader(), new Class<?>[] {CsvExporter.class}, (proxy, method, arguments) -> {
                    throw full;
                });
        Workflow workflow = Workflow.submitted(new UUID(0, 1), new Content(Utf8Text.of("1"), List.of()));
        DeliveryForm json = new DeliveryForms(exporter).json(batch);
        assertThatThrownBy(() -> json.render(List.of(workflow))).isSameAs(full);
    }

    @Test
    void theUsualOneIsPlain() {
        assertThat(asked("", false).asked().isPlain()).isTrue();
        assertThat(asked("", true).asked().isPlain()).isFalse();
        assertThat(forms.json(false).asked().isPlain()).isFalse();
    }

    @Test
    void whatNobodyWroteIsNoFaultOfTheClient() {
        assertThatThrownBy(() -> forms.of("csv?colour=red")).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> forms.of("csv?delimiter=a")).isInstanceOf(IllegalStateException.class);
    }
}
