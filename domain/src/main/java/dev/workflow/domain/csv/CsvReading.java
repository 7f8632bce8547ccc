package dev.workflow.domain.csv;

import java.util.List;

/** What became of option texts that were read. */
public sealed interface CsvReading {
    record Read(CsvOptions options) implements CsvReading {}

    /** At least one text is not one that its option takes. */
    record Refused(List<Problem> problems) implements CsvReading {
        public Refused {
            problems = List.copyOf(problems);
        }
    }

    /**
     * What is wrong with one option.
     *
     * @param detail names the option and what it takes, fit for the one who sent it
     */
    record Problem(String option, String detail) {}
}
