package dev.workflow.benchmarks.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The files of a run, and where they go. */
record Docs(String json, String table, String chart) {
    private static final String BEGIN = "<!-- table: benchmarks/run --docs writes it -->\n";
    private static final String END = "<!-- end of the table -->";

    void writeTo(Path folder) throws IOException {
        Files.createDirectories(folder);
        Files.writeString(folder.resolve("results.json"), json);
        Files.writeString(folder.resolve("results.md"), table);
        Files.writeString(folder.resolve("chart.svg"), chart);
    }

    /** Into the documents of the project: the page keeps all but its table. */
    void publishTo(Path docs) throws IOException {
        Files.writeString(docs.resolve("benchmarks.json"), json);
        Files.writeString(docs.resolve("benchmarks.svg"), chart);
        Path page = docs.resolve("benchmarks.md");
        String text = Files.readString(page);
        int begin = text.indexOf(BEGIN);
        int end = text.indexOf(END);
        if (begin < 0 || end < begin) {
            throw new IOException("benchmarks.md has no place for the table");
        }
        Files.writeString(page, text.substring(0, begin + BEGIN.length()) + "\n" + table + "\n" + text.substring(end));
    }
}
