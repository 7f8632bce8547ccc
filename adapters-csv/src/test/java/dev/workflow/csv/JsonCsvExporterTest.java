package dev.workflow.csv;

import dev.workflow.contracts.CsvExporterContract;
import dev.workflow.domain.port.CsvExporter;

/** One exporter for all cases, so that what it keeps from one table to the next is in play. */
class JsonCsvExporterTest extends CsvExporterContract {
    @Override
    protected CsvExporter exporter() {
        return Render.SHARED;
    }
}
