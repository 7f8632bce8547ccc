package dev.workflow.csv;

import de.siegmar.fastcsv.reader.CommentStrategy;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import dev.workflow.domain.csv.CsvOptions;
import java.util.ArrayList;
import java.util.List;

/** The cells of a table, as FastCSV reads them and as the model has them; a null and an empty text are one and the same. */
final class Cells {
    private Cells() {}

    static List<List<String>> read(String csv, CsvOptions options) {
        String text = options.dialect().bom() ? csv.substring(1) : csv;
        return CsvReader.builder()
                .fieldSeparator(options.dialect().delimiter())
                .commentStrategy(CommentStrategy.NONE)
                .skipEmptyLines(false)
                .ofCsvRecord(text)
                .stream()
                .map(CsvRecord::getFields)
                .toList();
    }

    static List<List<String>> expected(List<String> documents, CsvOptions options) {
        ModelCsv model = new ModelCsv(options, documents);
        List<List<String>> lines = new ArrayList<>();
        if (!model.header().isEmpty()) {
            if (options.dialect().header()) {
                lines.add(model.header());
            }
            lines.addAll(model.cells());
        }
        return lines;
    }
}
