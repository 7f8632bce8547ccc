package dev.workflow.rest.list;

import dev.workflow.domain.Workflow;
import dev.workflow.rest.ByteStream;
import dev.workflow.rest.json.JsonBytes;
import dev.workflow.rest.json.WorkflowJson;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** One page that a client asked for, written out. */
final class ListPage {
    /** A page ends early when its data is larger than this, so that large workflows do not fill the memory. */
    private static final long MAX_BYTES = 4 << 20;

    private final byte[] body;
    private final @Nullable UUID last;

    private ListPage(byte[] body, @Nullable UUID last) {
        this.body = body;
        this.last = last;
    }

    static ListPage read(WorkflowPages pages, int limit, ListForm form) {
        List<Workflow> found = new ArrayList<>();
        long bytes = 0;
        while (found.size() <= limit && bytes <= MAX_BYTES) {
            List<Workflow> next = pages.next(limit + 1 - found.size());
            if (next.isEmpty()) {
                return new ListPage(body(found, form), null);
            }
            found.addAll(next);
            bytes += Workflow.dataBytes(next);
        }
        List<Workflow> page = found.subList(0, Math.min(limit, Math.max(1, found.size() - 1)));
        return new ListPage(body(page, form), page.getLast().id());
    }

    private static byte[] body(List<Workflow> workflows, ListForm form) {
        JsonBytes out = WorkflowJson.roomFor(workflows);
        form.begin(out);
        for (int i = 0; i < workflows.size(); i++) {
            form.write(workflows.get(i), i == 0, out);
        }
        form.end(out);
        return out.toBytes();
    }

    /** The last workflow in it, where others come after it. */
    @Nullable UUID last() {
        return last;
    }

    ByteStream stream() {
        return ByteStream.of(body);
    }
}
