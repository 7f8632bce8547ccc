package dev.workflow.csv;

import dev.workflow.csv.Document.Form;
import dev.workflow.domain.Utf8Text;
import dev.workflow.domain.Workflow;
import dev.workflow.domain.csv.CsvArrays;
import dev.workflow.domain.csv.CsvFallback;
import dev.workflow.domain.csv.CsvOptions;
import dev.workflow.domain.csv.CsvOutcome;
import dev.workflow.domain.csv.CsvShape;
import dev.workflow.domain.csv.Rendition;
import dev.workflow.domain.port.CsvExporter;
import java.util.List;

/** Writes tables as {@code docs/csv.md} says. Any number of threads may call it. */
public final class JsonCsvExporter implements CsvExporter {
    /** Lines are mostly shorter than their documents, whose names they lack. */
    private static final int MOST_EXPECTED_BYTES = 1 << 20;

    private final Tables tables = new Tables();
    private final Capacity capacity;

    public JsonCsvExporter() {
        this(Capacity.ofHeap(Runtime.getRuntime().maxMemory()));
    }

    JsonCsvExporter(Capacity capacity) {
        this.capacity = capacity;
    }

    @Override
    public Rendition export(List<Workflow> workflows, CsvOptions options) {
        return capacity.makeInHurry(Workflow.dataBytes(workflows), () -> rendered(workflows, options));
    }

    @Override
    public CsvOutcome table(Workflow workflow, CsvOptions options) {
        return strictly(document(workflow, Form.RECORDS), options);
    }

    @Override
    public CsvOutcome preview(Utf8Text json, CsvOptions options) {
        return strictly(new Document(json, null, Form.RECORDS), options);
    }

    @Override
    public Utf8Text besideTables(Utf8Text text) {
        return capacity.makeInHurry(0, () -> {
            capacity.texts().count(text.bytes());
            return text;
        });
    }

    private CsvOutcome strictly(Document document, CsvOptions options) {
        return capacity.make(document.json.length, () -> alone(document, options));
    }

    private Rendition rendered(List<Workflow> workflows, CsvOptions options) {
        return switch (asAsked(workflows, options)) {
            case CsvOutcome.Table(Rendition rendition) -> rendition;
            case CsvOutcome.TooLarge tooLarge ->
                plainer(workflows.getFirst(), options, tooLarge.bound(), workflows.size() - 1);
        };
    }

    private CsvOutcome asAsked(List<Workflow> workflows, CsvOptions options) {
        Table table = tables.take(options, expectedBytes(Workflow.dataBytes(workflows)));
        int added = 0;
        for (Workflow workflow : workflows) {
            if (added > 0 && table.isCrowded()) {
                break;
            }
            Bound crossed = table.add(document(workflow, Form.RECORDS));
            if (crossed != null && added == 0) {
                return tooLarge(crossed);
            }
            if (crossed != null) {
                break;
            }
            added++;
        }
        return new CsvOutcome.Table(rendition(table, workflows.size() - added));
    }

    private CsvOutcome alone(Document document, CsvOptions options) {
        Table table = tables.take(options, expectedBytes(document.json.length));
        Bound crossed = table.add(document);
        return crossed == null ? new CsvOutcome.Table(rendition(table, 0)) : tooLarge(crossed);
    }

    private static CsvOutcome tooLarge(Bound crossed) {
        return new CsvOutcome.TooLarge(crossed.fallback(), crossed.detail());
    }

    /** A workflow that is too large as it was asked for: with arrays as cells, or else as one cell. */
    private Rendition plainer(Workflow workflow, CsvOptions options, CsvFallback crossed, int leftOver) {
        if (options.shape().arrays() == CsvArrays.JSON) {
            return asOneCell(workflow, options, crossed, leftOver);
        }
        CsvOptions plainer = options.withShape(arraysAsCells(options.shape()));
        return switch (alone(document(workflow, Form.RECORDS), plainer)) {
            case CsvOutcome.Table(Rendition table) ->
                new Rendition(table.body(), crossed, table.columnsOmitted(), leftOver);
            case CsvOutcome.TooLarge again -> asOneCell(workflow, options, again.bound(), leftOver);
        };
    }

    private static CsvShape arraysAsCells(CsvShape shape) {
        return new CsvShape(CsvArrays.JSON, null, shape.flatten(), shape.separator(), shape.columns());
    }

    /** What was chosen of the columns that there would have been says nothing about this one. */
    private Rendition asOneCell(Workflow workflow, CsvOptions options, CsvFallback crossed, int leftOver) {
        Document whole = document(workflow, Form.WHOLE);
        return switch (alone(whole, options.withShape(CsvShape.DEFAULT))) {
            case CsvOutcome.Table(Rendition table) ->
                new Rendition(table.body(), crossed, table.columnsOmitted(), leftOver);
            case CsvOutcome.TooLarge tooLarge -> throw new IllegalArgumentException(tooLarge.detail());
        };
    }

    private Rendition rendition(Table table, int leftOver) {
        Rendition rendition =
                new Rendition(table.text(capacity.texts()), CsvFallback.NONE, table.columnsOmitted(), leftOver);
        tables.giveBack(table);
        return rendition;
    }

    private static Document document(Workflow workflow, Form form) {
        return new Document(workflow.content().data(), workflow, form);
    }

    private static int expectedBytes(long documents) {
        return (int) Math.min(documents, MOST_EXPECTED_BYTES);
    }
}
