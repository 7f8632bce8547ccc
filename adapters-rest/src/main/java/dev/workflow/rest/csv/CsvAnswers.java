package dev.workflow.rest.csv;

import dev.workflow.domain.csv.CsvDialect;
import dev.workflow.domain.csv.CsvFallback;
import dev.workflow.domain.csv.CsvOptions;
import dev.workflow.domain.csv.CsvOutcome;
import dev.workflow.domain.csv.Rendition;
import dev.workflow.rest.Answers;
import dev.workflow.rest.problem.ProblemType;
import dev.workflow.rest.problem.Refusal;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MutableHttpResponse;

/** Answers in CSV. */
public final class CsvAnswers {
    public static final String MEDIA_TYPE = "text/csv";

    private CsvAnswers() {}

    public static String contentType(CsvDialect dialect) {
        return MEDIA_TYPE + "; charset=utf-8; header=" + (dialect.header() ? "present" : "absent");
    }

    public static MutableHttpResponse<byte[]> of(Rendition rendition, CsvOptions options, String fileName) {
        MutableHttpResponse<byte[]> response = Answers.bytes(
                        HttpStatus.OK,
                        contentType(options.dialect()),
                        rendition.body().bytes())
                .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"" + fileName + "\"");
        if (rendition.columnsOmitted() > 0) {
            response.header("Workflow-Columns-Omitted", Integer.toString(rendition.columnsOmitted()));
        }
        return response;
    }

    /** A table that may not be written more plainly than asked. */
    static MutableHttpResponse<byte[]> of(CsvOutcome outcome, CsvOptions options, String fileName) {
        return switch (outcome) {
            case CsvOutcome.Table(Rendition rendition) -> of(rendition, options, fileName);
            case CsvOutcome.TooLarge tooLarge ->
                throw new Refusal(ProblemType.CSV_TOO_LARGE, tooLarge.detail() + " " + remedy(tooLarge.bound()));
        };
    }

    /** Fewer columns leave as many rows. */
    private static String remedy(CsvFallback bound) {
        return bound == CsvFallback.UNWIND
                ? "Choose one array with unwind=, or arrays=json."
                : "Choose fewer columns with columns=, or arrays=json.";
    }

    /** Tells the consumer of a table that was written more plainly than asked. */
    public static void tellFallback(CsvFallback fallback, MutableHttpResponse<byte[]> response) {
        switch (fallback) {
            case NONE -> {
                // as asked
            }
            case UNWIND -> response.header("Workflow-Csv-Fallback", "unwind");
            case CELLS -> response.header("Workflow-Csv-Fallback", "cells");
        }
    }
}
