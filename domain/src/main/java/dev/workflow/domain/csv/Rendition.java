package dev.workflow.domain.csv;

import dev.workflow.domain.Utf8Text;

/**
 * Workflows written out.
 *
 * @param body what the consumer reads
 * @param csvFallback the bound that a table would have crossed, so that it was written more plainly
 * @param columnsOmitted how many columns the chosen ones leave out
 * @param leftOver how many workflows at the end of the list are not in the body, since they would have carried a table over a
 *     bound; they must not count as delivered
 */
public record Rendition(Utf8Text body, CsvFallback csvFallback, int columnsOmitted, int leftOver) {
    /** A body with all workflows about which there is nothing to tell. */
    public static Rendition of(Utf8Text body) {
        return new Rendition(body, CsvFallback.NONE, 0, 0);
    }
}
