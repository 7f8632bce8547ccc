package dev.workflow.domain.port;

import dev.workflow.domain.Fault;
import dev.workflow.domain.Utf8Text;
import dev.workflow.domain.Workflow;
import dev.workflow.domain.csv.CsvOptions;
import dev.workflow.domain.csv.CsvOutcome;
import dev.workflow.domain.csv.Rendition;
import java.util.List;

/**
 * Writes the data of workflows as one CSV table. A table has at most 100,000 unwound rows, 5,000,000 cells and 64 MiB. The
 * JSON is known to be valid. Where the tables that are being made and read take all the memory there is for them, each method
 * fails with {@link Fault.Overloaded}.
 */
public interface CsvExporter {
    /**
     * Always gives a table. Workflows that would carry it over a bound are left over, as {@link Rendition#leftOver} tells; the
     * first one never is: on its own too large, it is alone in the table and written more plainly, as
     * {@link Rendition#csvFallback} tells.
     */
    Rendition export(List<Workflow> workflows, CsvOptions options);

    /** The table of one workflow, exactly as asked for or not at all. */
    CsvOutcome table(Workflow workflow, CsvOptions options);

    /** The table of JSON that belongs to no workflow, exactly as asked for or not at all; {@link CsvOptions#with} is empty. */
    CsvOutcome preview(Utf8Text json, CsvOptions options);

    /**
     * A text that is no table and will wait for its reader as tables do: it takes of the same room. The very one that is given.
     *
     * @throws dev.workflow.domain.Fault.Overloaded when there is none
     */
    Utf8Text besideTables(Utf8Text text);
}
