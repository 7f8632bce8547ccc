package dev.workflow.domain.delivery;

import dev.workflow.domain.Workflow;
import dev.workflow.domain.csv.Rendition;
import java.util.List;

/**
 * How a consumer wants its workflows written out.
 *
 * @param text names the form: whoever made it can make the same one from it again. {@link #PLAIN} for one workflow in the
 *     form that is used when nothing else is asked for.
 */
public record Form(String text, Rendering rendering) {
    public static final String PLAIN = "csv";

    /** Called before a claim commits, so that nothing is consumed that cannot be written; must not block. */
    @FunctionalInterface
    public interface Rendering {
        Rendition render(List<Workflow> workflows);
    }

    public Rendition render(List<Workflow> workflows) {
        return rendering.render(workflows);
    }

    public boolean isPlain() {
        return text.equals(PLAIN);
    }
}
