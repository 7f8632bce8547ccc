package dev.workflow.csv;

import dev.workflow.contracts.CsvBatchBoundsContract;
import dev.workflow.domain.port.CsvExporter;

class JsonCsvExporterBatchBoundsTest extends CsvBatchBoundsContract {
    @Override
    protected CsvExporter exporter() {
        return Render.SHARED;
    }
}
