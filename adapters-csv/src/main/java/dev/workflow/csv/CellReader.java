package dev.workflow.csv;

import com.fasterxml.jackson.core.JsonToken;
import dev.workflow.domain.CompactJson;
import dev.workflow.domain.csv.CsvFormulas;
import dev.workflow.domain.csv.CsvQuotes;

/** Finds the cell that a value is. Only texts that differ from what was sent are made anew. */
final class CellReader {
    private final boolean safe;
    private final CsvQuotes quotes;
    private final Bytes made;

    CellReader(boolean safe, CsvQuotes quotes, Bytes made) {
        this.safe = safe;
        this.quotes = quotes;
        this.made = made;
    }

    /** The cell of the current value, whose last token is the current one afterwards. */
    long read(JsonTokens tokens) {
        JsonToken token = tokens.current();
        if (token == JsonToken.VALUE_STRING) {
            return string(tokens);
        }
        if (token == JsonToken.VALUE_NULL) {
            return Cell.NULL;
        }
        return token == JsonToken.START_OBJECT || token == JsonToken.START_ARRAY ? json(tokens) : word(tokens);
    }

    long make(String text) {
        int start = made.length();
        made.add(text);
        return Cell.made(start, made.length());
    }

    /** A number or a boolean. */
    private long word(JsonTokens tokens) {
        int start = tokens.start();
        int end = tokens.end();
        return quotes.mayBeInNumbers() ? Cell.sent(start, end) : Cell.bare(start, end);
    }

    private long string(JsonTokens tokens) {
        byte[] json = tokens.bytes();
        int start = tokens.start() + 1;
        int end = tokens.end() - 1;
        if (tokens.isEscaped() || (safe && CsvFormulas.isStartedBy(json[start]))) {
            return make(safe ? CsvFormulas.disarm(tokens.text()) : tokens.text());
        }
        return quotes.areAskedForIn(json, start, end) ? Cell.sent(start, end) : Cell.bare(start, end);
    }

    private long json(JsonTokens tokens) {
        byte[] json = tokens.bytes();
        int start = tokens.start();
        int end = tokens.end();
        if (CompactJson.isCompact(json, start, end)) {
            return Cell.sent(start, end);
        }
        int madeStart = made.length();
        CompactJson.write(json, start, end, made::add);
        return Cell.made(madeStart, made.length());
    }
}
