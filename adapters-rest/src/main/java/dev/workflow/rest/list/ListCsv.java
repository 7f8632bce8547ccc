package dev.workflow.rest.list;

import dev.workflow.domain.State;
import dev.workflow.domain.Workflow;
import dev.workflow.domain.csv.CsvDialect;
import dev.workflow.domain.csv.CsvFormulas;
import dev.workflow.domain.csv.CsvQuotes;
import dev.workflow.rest.csv.CsvAnswers;
import dev.workflow.rest.json.JsonBytes;
import dev.workflow.rest.json.TimeText;
import dev.workflow.rest.json.WorkflowJson;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Workflows as lines of one table, a column a member, {@code data} and {@code steps} as JSON. Cells are quoted as in all tables;
 * that the first cell of a line is a UUID or {@code UUID} leaves nothing to the rules about the start of lines and files.
 */
final class ListCsv implements ListForm {
    private static final List<String> COLUMNS = List.of(
            "UUID",
            "status",
            "data",
            "steps",
            "state",
            "created_at",
            "consumed_at",
            "lease_expires_at",
            "available_at",
            "dead_at",
            "attempts",
            "last_error",
            "delivery_id");

    private static final byte[] BYTE_ORDER_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

    private final CsvDialect dialect;
    private final CsvQuotes quotes;
    private final JsonBytes scratch = new JsonBytes(1 << 10);

    ListCsv(CsvDialect dialect) {
        this.dialect = dialect;
        this.quotes = CsvQuotes.with(dialect.delimiter());
    }

    @Override
    public Map<String, String> headers() {
        return Map.of(
                "Content-Type",
                CsvAnswers.contentType(dialect),
                "Content-Disposition",
                "attachment; filename=\"workflows.csv\"");
    }

    @Override
    public void begin(JsonBytes out) {
        if (dialect.bom()) {
            out.raw(BYTE_ORDER_MARK);
        }
        if (dialect.header()) {
            for (int i = 0; i < COLUMNS.size(); i++) {
                text(COLUMNS.get(i), i == 0 ? out : next(out));
            }
            endLine(out);
        }
    }

    @Override
    public void write(Workflow workflow, boolean first, JsonBytes out) {
        State state = workflow.state();
        text(workflow.id().toString(), out);
        text(WorkflowJson.text(state.status()), next(out));
        scratch.clear();
        cell(scratch.compact(workflow.content().data().bytes()).toBytes(), next(out));
        scratch.clear();
        cell(scratch.strings(workflow.content().steps()).toBytes(), next(out));
        text(WorkflowJson.text(state.name()), next(out));
        time(workflow.createdAt(), next(out));
        time(state instanceof State.Consumed consumed ? consumed.consumedAt() : null, next(out));
        time(state instanceof State.Leased leased ? leased.expiresAt() : null, next(out));
        time(state instanceof State.Delayed delayed ? delayed.availableAt() : null, next(out));
        time(state instanceof State.Dead dead ? dead.diedAt() : null, next(out));
        text(Integer.toString(workflow.history().attempts()), next(out));
        text(workflow.history().lastError(), next(out));
        text(Objects.toString(workflow.history().deliveryId(), null), next(out));
        endLine(out);
    }

    private JsonBytes next(JsonBytes out) {
        return out.raw(dialect.delimiter());
    }

    private static void endLine(JsonBytes out) {
        out.raw("\r\n");
    }

    private void time(@Nullable Instant time, JsonBytes out) {
        text(time == null ? null : TimeText.of(time), out);
    }

    /** Null is a cell without anything. */
    private void text(@Nullable String text, JsonBytes out) {
        if (text != null) {
            String harmless = dialect.safe() ? CsvFormulas.disarm(text) : text;
            cell(harmless.getBytes(StandardCharsets.UTF_8), out);
        }
    }

    private void cell(byte[] text, JsonBytes out) {
        if (quotes.areNeeded(text, 0, text.length, CsvQuotes.Place.WITHIN_LINE)) {
            quoted(text, out);
        } else {
            out.raw(text);
        }
    }

    private static void quoted(byte[] text, JsonBytes out) {
        out.raw('"');
        int kept = 0;
        for (int at = 0; at < text.length; at++) {
            if (text[at] == '"') {
                out.raw(text, kept, at + 1).raw('"');
                kept = at + 1;
            }
        }
        out.raw(text, kept, text.length).raw('"');
    }
}
