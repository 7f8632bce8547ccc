package dev.workflow.csv;

import de.siegmar.fastcsv.reader.AbstractBaseCsvCallbackHandler;
import de.siegmar.fastcsv.reader.CsvReader;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Lines of CSV as COPY reads them: an empty cell is null, an empty text is one in quotes. */
final class QuoteAwareLines extends AbstractBaseCsvCallbackHandler<List<@Nullable String>> {
    private List<@Nullable String> cells = new ArrayList<>();

    static List<List<@Nullable String>> read(String csv) {
        return CsvReader.builder().skipEmptyLines(false).build(new QuoteAwareLines(), csv).stream()
                .toList();
    }

    @Override
    protected void handleBegin(long line) {
        cells = new ArrayList<>();
    }

    @Override
    protected void handleField(int field, char[] characters, int start, int length, boolean quoted) {
        cells.add(length == 0 && !quoted ? null : new String(characters, start, length));
    }

    @Override
    protected List<@Nullable String> buildRecord() {
        return cells;
    }
}
