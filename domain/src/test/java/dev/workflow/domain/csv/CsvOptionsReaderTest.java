package dev.workflow.domain.csv;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class CsvOptionsReaderTest {
    @Test
    void no_option_is_the_default() {
        assertThat(options(Map.of())).isEqualTo(CsvOptions.DEFAULT);
        assertThat(options(Map.of("wait", "5", "max", "10"))).isEqualTo(CsvOptions.DEFAULT);
    }

    @Test
    void the_default_spelled_out_is_the_default() {
        assertThat(options(Map.of(
                        "delimiter", ",",
                        "arrays", "json",
                        "flatten", "true",
                        "separator", ".",
                        "header", "true",
                        "bom", "false",
                        "safe", "false")))
                .isEqualTo(CsvOptions.DEFAULT);
    }

    @Test
    void all_options_together() {
        CsvOptions options = options(Map.of(
                "delimiter", "tab",
                "unwind", "lines",
                "flatten", "false",
                "separator", "/",
                "columns", "a,\"b,c\"",
                "header", "false",
                "bom", "true",
                "null", "NULL",
                "safe", "true",
                "with", "attempt,UUID"));
        assertThat(options)
                .isEqualTo(new CsvOptions(
                        new CsvShape(CsvArrays.UNWIND, "lines", false, "/", List.of("a", "b,c")),
                        new CsvDialect('\t', false, true, "NULL", true),
                        List.of(CsvMember.ATTEMPT, CsvMember.UUID)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"header", "bom", "safe", "flatten"})
    void flags_take_true_and_false(String flag) {
        assertThat(problem(flag, "True")).isEqualTo(flag + " takes true or false.");
        assertThat(problem(flag, "")).isEqualTo(flag + " takes true or false.");
        assertThat(problem(flag, "1")).isEqualTo(flag + " takes true or false.");
    }

    @ParameterizedTest
    @ValueSource(strings = {";", "|", "\t", " ", "#", "'", "-", "~", "\u0000", "\u0001", "\u007F", "[", ","})
    void any_other_ascii_character_delimits(String delimiter) {
        assertThat(options(Map.of("delimiter", delimiter)).dialect().delimiter())
                .isEqualTo(delimiter.charAt(0));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a", "Z", "5", "\"", "\\", "\r", "\n", ";;", "TAB", "é", "\u0080", "😀"})
    void what_does_not_delimit(String delimiter) {
        assertThat(problem("delimiter", delimiter))
                .isEqualTo(
                        "delimiter takes tab or one ASCII character, but no letter, digit, quote, backslash, CR or LF.");
    }

    @Test
    void delimiter_and_separator_differ() {
        assertThat(problem("delimiter", ".")).isEqualTo("delimiter must differ from the separator.");
        assertThat(problem("separator", ",")).isEqualTo("separator must differ from the delimiter.");
        assertThat(problems(Map.of("separator", "\t", "delimiter", "tab")))
                .containsExactly("delimiter must differ from the separator.");
        assertThat(options(Map.of("delimiter", ".", "separator", "/")).dialect().delimiter())
                .isEqualTo('.');
    }

    @ParameterizedTest
    @ValueSource(strings = {"_", "/", ":", "a", "1", "é", "😀", " ", "\"", "[", "]", "\u0000"})
    void any_other_character_separates(String separator) {
        assertThat(options(Map.of("separator", separator)).shape().separator()).isEqualTo(separator);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "..", "\\", "ab", "\uD83D", "e\u0301"})
    void what_does_not_separate(String separator) {
        assertThat(problem("separator", separator)).isEqualTo("separator takes one character, but no backslash.");
    }

    @Test
    void a_bracket_does_not_separate_where_it_opens_an_index() {
        assertThat(problems(Map.of("separator", "[", "arrays", "index")))
                .containsExactly("separator takes no [ together with arrays=index.");
    }

    @ParameterizedTest
    @CsvSource({"json,JSON", "index,INDEX", "unwind,UNWIND"})
    void arrays(String text, CsvArrays arrays) {
        assertThat(options(Map.of("arrays", text)).shape().arrays()).isEqualTo(arrays);
        assertThat(options(Map.of("arrays", text)).shape().unwind()).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "JSON", "csv"})
    void other_arrays(String text) {
        assertThat(problem("arrays", text)).isEqualTo("arrays takes json, index or unwind.");
    }

    @Test
    void unwind_goes_with_unwinding_only() {
        assertThat(options(Map.of("unwind", "a")).shape().arrays()).isEqualTo(CsvArrays.UNWIND);
        assertThat(options(Map.of("unwind", "a", "arrays", "unwind")).shape().unwind())
                .isEqualTo("a");
        assertThat(problems(Map.of("unwind", "a", "arrays", "json")))
                .containsExactly("unwind goes with arrays=unwind only, which may be left out.");
        assertThat(problems(Map.of("unwind", "a", "arrays", "index")))
                .containsExactly("unwind goes with arrays=unwind only, which may be left out.");
        assertThat(problem("unwind", "")).isEqualTo("unwind takes the name of a column, spelled as in the header.");
    }

    static List<List<String>> records() {
        return List.of(
                List.of("a", "a"),
                List.of("a,b", "a", "b"),
                List.of("\"a,b\",c\\.d", "a,b", "c\\.d"),
                List.of("\"\"", ""),
                List.of("a,\"\",b", "a", "", "b"),
                List.of("\"a\"\"b\"", "a\"b"),
                List.of("\"\"\"\"", "\""),
                List.of("\"a\r\nb\"", "a\r\nb"),
                List.of(" a , b ", " a ", " b "),
                List.of("#a,ID", "#a", "ID"),
                List.of("a;b,é😀", "a;b", "é😀"));
    }

    @ParameterizedTest
    @MethodSource("records")
    void columns_are_one_record(List<String> record) {
        assertThat(options(Map.of("columns", record.getFirst())).shape().columns())
                .isEqualTo(record.subList(1, record.size()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", ",", "a,", ",a", "a,,b", "\"", "\"a", "\"a\"b", "a\"b", "a\nb", "a\rb", "a\r\n", "\"a\" ,b"})
    void columns_that_are_no_record(String text) {
        assertThat(problem("columns", text))
                .isEqualTo("columns takes one comma-separated CSV record of column names, spelled as in the header.");
    }

    @Test
    void columns_are_named_once() {
        assertThat(problem("columns", "a,b,\"a\"")).isEqualTo("columns takes each name once.");
    }

    @Test
    void a_null_text_may_be_empty() {
        assertThat(options(Map.of("null", "")).dialect().nullText()).isEmpty();
        assertThat(options(Map.of("null", "NULL")).dialect().nullText()).isEqualTo("NULL");
        assertThat(options(Map.of("null", ",", "delimiter", ";")).dialect().nullText())
                .isEqualTo(",");
        assertThat(options(Map.of()).dialect().nullText()).isNull();
    }

    @Test
    void a_null_text_needs_no_quotes() {
        String takes = "null takes a text without the delimiter, quote, CR and LF.";
        assertThat(problem("null", "a,b")).isEqualTo(takes);
        assertThat(problem("null", "\"")).isEqualTo(takes);
        assertThat(problem("null", "a\r")).isEqualTo(takes);
        assertThat(problem("null", "\n")).isEqualTo(takes);
        assertThat(problems(Map.of("null", "a\tb", "delimiter", "tab"))).containsExactly(takes);
    }

    @Test
    void with_names_members_in_their_order() {
        assertThat(options(Map.of("with", "UUID,created_at,steps,attempt")).with())
                .containsExactly(CsvMember.UUID, CsvMember.CREATED_AT, CsvMember.STEPS, CsvMember.ATTEMPT);
        assertThat(options(Map.of("with", "attempt,UUID")).with()).containsExactly(CsvMember.ATTEMPT, CsvMember.UUID);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "uuid", "UUID,", "UUID,UUID", "UUID, steps", "status"})
    void what_with_does_not_take(String text) {
        assertThat(problem("with", text))
                .isEqualTo("with takes UUID, created_at, steps and attempt, each once, with commas between them.");
    }

    @Test
    void with_needs_workflows() {
        assertThat(CsvOptionsReader.FOR_BARE_JSON.names()).isEqualTo(CsvOptionsReader.FOR_WORKFLOWS.names());
        assertThat(CsvOptionsReader.FOR_BARE_JSON.read(Map.of("with", "UUID")))
                .isEqualTo(refused("with takes members of a workflow, and there is none here."));
        assertThat(CsvOptionsReader.FOR_BARE_JSON.read(Map.of("safe", "true"))).isInstanceOf(CsvReading.Read.class);
    }

    @Test
    void the_list_takes_no_shape() {
        assertThat(CsvOptionsReader.FOR_LIST.names()).containsExactly("delimiter", "header", "bom", "safe");
        assertThat(CsvOptionsReader.FOR_LIST.read(Map.of("delimiter", ".", "columns", "")))
                .isEqualTo(new CsvReading.Read(
                        new CsvOptions(CsvShape.DEFAULT, new CsvDialect('.', true, false, null, false), List.of())));
    }

    @Test
    void every_problem_is_told() {
        assertThat(problems(Map.of("safe", "yes", "arrays", "none", "with", "me")))
                .hasSize(3)
                .anyMatch(problem -> problem.startsWith("safe "))
                .anyMatch(problem -> problem.startsWith("arrays "))
                .anyMatch(problem -> problem.startsWith("with "));
    }

    private static CsvReading refused(String problem) {
        return new CsvReading.Refused(List.of(problem));
    }

    private static CsvOptions options(Map<String, String> texts) {
        return switch (CsvOptionsReader.FOR_WORKFLOWS.read(texts)) {
            case CsvReading.Read read -> read.options();
            case CsvReading.Refused refused -> throw new AssertionError(refused.problems());
        };
    }

    private static String problem(String option, String text) {
        List<String> problems = problems(Map.of(option, text));
        assertThat(problems).allMatch(problem -> problem.startsWith(option + " "));
        return problems.getFirst();
    }

    private static List<String> problems(Map<String, String> texts) {
        CsvReading reading = CsvOptionsReader.FOR_WORKFLOWS.read(texts);
        assertThat(reading).isInstanceOf(CsvReading.Refused.class);
        return ((CsvReading.Refused) reading).problems();
    }
}
