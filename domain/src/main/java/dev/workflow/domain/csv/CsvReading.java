package dev.workflow.domain.csv;

import java.util.List;

/** What became of option texts that were read. */
public sealed interface CsvReading {
    record Read(CsvOptions options) implements CsvReading {}

    /**
     * At least one text is not one that its option takes.
     *
     * @param problems each begins with the name of the option and says what it takes, fit for the one who sent it
     */
    record Refused(List<String> problems) implements CsvReading {
        public Refused {
            problems = List.copyOf(problems);
        }
    }
}
