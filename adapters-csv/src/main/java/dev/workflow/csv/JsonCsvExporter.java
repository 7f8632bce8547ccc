package dev.workflow.csv;

import dev.workflow.csv.Document.Form;
import dev.workflow.domain.CsvArrays;
import dev.workflow.domain.CsvFallback;
import dev.workflow.domain.CsvOptions;
import dev.workflow.domain.CsvOutcome;
import dev.workflow.domain.CsvShape;
import dev.workflow.domain.Rendition;
import dev.workflow.domain.Utf8Text;
import dev.workflow.domain.Workflow;
import dev.workflow.domain.port.CsvExporter;
import java.util.List;

/** Writes tables as {@code docs/csv.md} says. Any number of threads may call it. */
public final class JsonCsvExporter implements CsvExporter {
    /** Lines are mostly shorter than their documents, whose names they lack. */
    private static final int MOST_EXPECTED_BYTES = 1 << 20;

    private final Tables tables = new Tables();

    @Override
    public Rendition export(List<Workflow> workflows, CsvOptions options) {
        Table table = tables.take(options, expectedBytes(workflows));
        int added = 0;
        for (Workflow workflow : workflows) {
            Bound crossed = table.add(document(workflow, Form.RECORDS));
            if (crossed != null && added == 0) {
                return plainer(workflow, options, crossed, workflows.size() - 1);
            }
            if (crossed != null) {
                break;
            }
            added++;
        }
        return rendition(table, CsvFallback.NONE, workflows.size() - added);
    }

    @Override
    public CsvOutcome table(Workflow workflow, CsvOptions options) {
        return strictly(document(workflow, Form.RECORDS), options);
    }

    @Override
    public CsvOutcome preview(Utf8Text json, CsvOptions options) {
        return strictly(new Document(json, null, Form.RECORDS), options);
    }

    private CsvOutcome strictly(Document document, CsvOptions options) {
        Table table = tables.take(options, document.json.length);
        Bound crossed = table.add(document);
        return crossed == null
                ? new CsvOutcome.Table(rendition(table, CsvFallback.NONE, 0))
                : new CsvOutcome.TooLarge(crossed.fallback(), crossed.detail());
    }

    /** A workflow that is too large as it was asked for: with arrays as cells, or else as one cell. */
    private Rendition plainer(Workflow workflow, CsvOptions options, Bound crossed, int leftOver) {
        Bound last = crossed;
        if (options.shape().arrays() != CsvArrays.JSON) {
            Table table =
                    tables.take(options.withShape(arraysAsCells(options.shape())), expectedBytes(List.of(workflow)));
            Bound again = table.add(document(workflow, Form.RECORDS));
            if (again == null) {
                return rendition(table, crossed.fallback(), leftOver);
            }
            last = again;
        }
        return rendition(asOneCell(workflow, options), last.fallback(), leftOver);
    }

    private static CsvShape arraysAsCells(CsvShape shape) {
        return new CsvShape(CsvArrays.JSON, null, shape.flatten(), shape.separator(), shape.columns());
    }

    /** What was chosen of the columns that there would have been says nothing about this one. */
    private Table asOneCell(Workflow workflow, CsvOptions options) {
        Table table = tables.take(options.withShape(CsvShape.DEFAULT), expectedBytes(List.of(workflow)));
        Bound crossed = table.add(document(workflow, Form.WHOLE));
        if (crossed != null) {
            throw new IllegalArgumentException(crossed.detail());
        }
        return table;
    }

    private Rendition rendition(Table table, CsvFallback fallback, int leftOver) {
        Rendition rendition = new Rendition(table.text(), fallback, table.columnsOmitted(), leftOver);
        tables.giveBack(table);
        return rendition;
    }

    private static Document document(Workflow workflow, Form form) {
        return new Document(workflow.content().data(), workflow, form);
    }

    private static int expectedBytes(List<Workflow> workflows) {
        long expected = 0;
        for (Workflow workflow : workflows) {
            expected += workflow.content().data().length();
        }
        return (int) Math.min(expected, MOST_EXPECTED_BYTES);
    }
}
