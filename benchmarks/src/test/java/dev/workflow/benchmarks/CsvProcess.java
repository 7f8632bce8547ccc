package dev.workflow.benchmarks;

import dev.workflow.csv.JsonCsvExporter;
import dev.workflow.domain.Utf8Text;
import dev.workflow.domain.csv.CsvOptions;
import dev.workflow.domain.csv.CsvOutcome;
import java.io.IOException;

/** The exporter as a process like those it is compared with: JSON in, CSV out. */
final class CsvProcess {
    private CsvProcess() {}

    public static void main(String[] arguments) throws IOException {
        if (arguments.length == 2) {
            int records = Integer.parseInt(arguments[1]);
            System.out.writeBytes(CsvDocument.valueOf(arguments[0]).json(records));
            return;
        }
        Utf8Text json = Utf8Text.ofBytes(System.in.readAllBytes());
        switch (new JsonCsvExporter().preview(json, CsvOptions.DEFAULT)) {
            case CsvOutcome.Table table ->
                System.out.writeBytes(table.rendition().body().bytes());
            case CsvOutcome.TooLarge tooLarge -> throw new IllegalArgumentException(tooLarge.detail());
        }
    }
}
