package dev.workflow.csv;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import dev.workflow.domain.Workflow;
import dev.workflow.domain.csv.CsvMember;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The cells that come from the workflow itself. */
final class WorkflowCells {
    private static final DateTimeFormatter MICROSECONDS =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'").withZone(ZoneOffset.UTC);

    private WorkflowCells() {}

    static List<String> of(@Nullable Workflow workflow, List<CsvMember> members) {
        if (workflow == null || members.isEmpty()) {
            return List.of();
        }
        List<String> cells = new ArrayList<>(members.size());
        for (CsvMember member : members) {
            cells.add(cell(workflow, member));
        }
        return cells;
    }

    private static String cell(Workflow workflow, CsvMember member) {
        return switch (member) {
            case UUID -> workflow.id().toString();
            case CREATED_AT -> MICROSECONDS.format(workflow.createdAt());
            case STEPS -> json(workflow.content().steps());
            case ATTEMPT -> Integer.toString(workflow.history().attempts() + 1);
        };
    }

    private static String json(List<String> texts) {
        StringBuilder json = new StringBuilder("[");
        for (String text : texts) {
            json.append(json.length() == 1 ? "\"" : ",\"");
            JsonStringEncoder.getInstance().quoteAsString(text, json);
            json.append('"');
        }
        return json.append(']').toString();
    }
}
