package dev.workflow.benchmarks.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.StringReader;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.xml.sax.InputSource;

class ReportTest {
    private static final Side ANYONE = Side.of("the service", Set.of(), bench -> Sample.of(1));
    private static final Row ROW = new Row(
            "post",
            "POST <one>",
            "in memory",
            "/s",
            EnumSet.of(Stage.MEMORY),
            ANYONE,
            List.of(ANYONE, ANYONE),
            Set.of());

    private static Result.Outcome measured(String name, double... rounds) {
        return Result.Outcome.measured(
                name, Arrays.stream(rounds).mapToObj(Sample::of).toList());
    }

    private static Result result(Result.Outcome... sides) {
        return new Result(ROW, List.of(sides));
    }

    @Test
    void the_ratio_is_that_of_the_medians() {
        Result result = result(measured("the service", 90, 500, 110), measured("pgbench", 220, 10, 230));

        assertThat(Table.of(List.of(result)))
                .contains("| POST <one> | in memory | 110/s  | pgbench: 220/s | 0.50  |      |");
    }

    @Test
    void who_is_left_out_and_who_is_broken_stands_in_the_table_with_the_reason() {
        Result result = result(
                measured("the service", 1),
                Result.Outcome.skipped("a", "not here"),
                Result.Outcome.broken("b", "ran dry"));

        assertThat(Table.of(List.of(result))).contains("a: left out: not here").contains("b: BROKEN: ran dry");
        assertThat(result.isBroken()).isTrue();
    }

    @Test
    void machines_can_read_all_of_it() throws Exception {
        Result result = result(measured("the service", 90), measured("pgbench", 180));

        JsonNode row = new ObjectMapper()
                .readTree(Json.of(Map.of("cores", 2), List.of(result)))
                .at("/rows/0");
        assertThat(row.at("/service/median").asDouble()).isEqualTo(90);
        assertThat(row.at("/beside/0/ratio").asDouble()).isEqualTo(0.5);
    }

    @Test
    void the_chart_is_well_formed_and_needs_nothing_else() throws Exception {
        String svg = Chart.of(List.of(result(measured("the service", 90), measured("pgbench", 180))));

        DocumentBuilderFactory.newDefaultInstance().newDocumentBuilder().parse(new InputSource(new StringReader(svg)));
        assertThat(svg).contains("<rect").doesNotContain("href", "url(", "@import");
    }
}
