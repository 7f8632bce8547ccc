package dev.workflow.benchmarks.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class RowsTest {
    private static List<String> asked(String... arguments) {
        Options options = Options.parse(arguments, Path.of("")).orElseThrow();
        return Rows.all().stream().filter(options::wants).map(Row::name).toList();
    }

    @Test
    void each_row_has_a_name_of_its_own() {
        assertThat(Rows.all()).extracting(Row::name).doesNotHaveDuplicates();
    }

    @Test
    void rows_are_found_by_a_part_of_their_name() {
        assertThat(asked("--only", "^post-\\d")).containsExactly("post-1", "post-16", "post-64", "post-256");
    }

    @Test
    void a_quick_look_leaves_out_what_takes_long() {
        assertThat(asked("--quick"))
                .contains("post-64", "relay", "list")
                .doesNotContain("growth-post", "start-empty", "consume-lease", "wait-memory-1");
    }

    @Test
    void peers_and_what_lasts_for_minutes_come_when_they_are_asked_for() {
        assertThat(asked()).doesNotContain("peers", "steady");
        assertThat(asked("--peers")).contains("peers");
        assertThat(asked("--minutes", "10")).contains("steady");
    }

    @Test
    void what_makes_no_sense_is_refused() {
        assertThatIllegalArgumentException().isThrownBy(() -> asked("--quik")).withMessage("Unknown: --quik.");
        assertThatIllegalArgumentException().isThrownBy(() -> asked("--rounds", "0"));
        assertThatIllegalArgumentException().isThrownBy(() -> asked("--seconds"));
    }
}
