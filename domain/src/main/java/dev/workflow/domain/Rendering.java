package dev.workflow.domain;

import java.util.List;

/**
 * How a consumer wants its workflows written out. Called before the claim commits, so that nothing is consumed that cannot be
 * written; must not block.
 */
@FunctionalInterface
public interface Rendering {
    Rendition render(List<Workflow> workflows);
}
