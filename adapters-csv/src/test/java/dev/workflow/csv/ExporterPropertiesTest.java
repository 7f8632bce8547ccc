package dev.workflow.csv;

import static dev.workflow.csv.Render.csv;
import static org.assertj.core.api.Assertions.assertThat;

import dev.workflow.domain.Utf8Text;
import dev.workflow.domain.csv.CsvArrays;
import dev.workflow.domain.csv.CsvDialect;
import dev.workflow.domain.csv.CsvOptions;
import dev.workflow.domain.csv.CsvOutcome;
import dev.workflow.domain.csv.CsvShape;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** What holds for all documents and options. The numbers are seeds of documents and of options. */
class ExporterPropertiesTest {
    @Property(tries = 5000, seed = "1")
    void a_document_is_written_as_the_model_has_it(@ForAll long seed, @ForAll long optionSeed) {
        String document = new RandomJson(seed).document();
        CsvOptions options = new RandomOptions(optionSeed).options();
        assertThat(csv(document, options)).isEqualTo(new ModelCsv(options, List.of(document)).csv());
    }

    @Property(tries = 2000, seed = "2")
    void a_batch_is_written_as_the_model_has_it(
            @ForAll long seed, @ForAll long optionSeed, @ForAll @IntRange(min = 2, max = 6) int size) {
        List<String> documents = IntStream.range(0, size)
                .mapToObj(i -> new RandomJson(seed + i).document())
                .toList();
        CsvOptions options = new RandomOptions(optionSeed).options();
        assertThat(Render.batch(documents, options)).isEqualTo(new ModelCsv(options, documents).csv());
    }

    @Property(tries = 2000, seed = "3")
    void a_reader_finds_the_cells(@ForAll long seed, @ForAll long optionSeed) {
        String document = new RandomJson(seed).document();
        CsvOptions options = new RandomOptions(optionSeed).options();
        assertThat(Cells.read(csv(document, options), options)).isEqualTo(Cells.expected(List.of(document), options));
    }

    @Property(tries = 1000, seed = "4")
    void rendering_depends_on_nothing_but_text_and_options(@ForAll long seed, @ForAll long optionSeed) {
        Utf8Text document = Utf8Text.of(new RandomJson(seed).document());
        CsvOptions options = new RandomOptions(optionSeed).options();
        CsvOutcome first = Render.SHARED.preview(document, options);
        Render.SHARED.preview(Utf8Text.of(new RandomJson(~seed).document()), options);
        Render.SHARED.preview(document, new RandomOptions(~optionSeed).options());
        assertThat(Render.SHARED.preview(document, options)).isEqualTo(first);
        assertThat(new JsonCsvExporter().preview(document, options)).isEqualTo(first);
    }

    @Property(tries = 1000, seed = "5")
    void white_space_between_tokens_changes_nothing(@ForAll long seed) {
        String document = new RandomJson(seed).document();
        assertThat(csv(Json.parse(document).raw())).isEqualTo(csv(document));
    }

    @Property(tries = 1000, seed = "6")
    void no_text_of_a_safe_table_starts_a_formula(@ForAll long seed, @ForAll CsvArrays arrays) {
        CsvOptions options = new CsvOptions(
                new CsvShape(arrays, null, true, "=", List.of()),
                new CsvDialect(';', true, false, null, true),
                List.of());
        assertThat(Cells.read(csv(new RandomJson(seed).document(), options), options))
                .allSatisfy(line -> assertThat(line)
                        .allMatch(cell -> !cell.matches("(?s)[=+\\-@\t\r\n].*") || cell.matches("-[0-9][0-9.eE+-]*")));
    }

    @Property(tries = 1000, seed = "7")
    void a_document_can_be_read_from_its_table_if_no_text_of_it_reads_as_json(@ForAll long seed) {
        String document = new RandomJson(seed).record();
        Assume.that(CsvToJson.isDetermined(document));
        assertThat(CsvToJson.read(csv(document))).isEqualTo(CsvToJson.canonical(document));
    }
}
