package dev.workflow.csv;

import dev.workflow.contracts.CsvBoundsContract;
import dev.workflow.domain.port.CsvExporter;

class JsonCsvExporterBoundsTest extends CsvBoundsContract {
    @Override
    protected CsvExporter exporter() {
        return Render.SHARED;
    }
}
