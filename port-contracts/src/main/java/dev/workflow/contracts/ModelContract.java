package dev.workflow.contracts;

import dev.workflow.contracts.model.Step;
import dev.workflow.contracts.model.Stories;
import dev.workflow.contracts.model.Story;
import java.util.List;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/**
 * Whatever happens to a store, in whatever order, it is what plain maps say. {@code @PropertyDefaults(tries = …)} on a class
 * that implements this says how many stories are told. A story that fails goes into {@link StoryContract}.
 */
public abstract class ModelContract {
    private static final int LENGTH = 60;

    /** A store that holds nothing. */
    protected abstract StoreFixture emptyStore();

    @Provide
    protected Arbitrary<List<Step>> stories() {
        return Stories.ofLengthUpTo(LENGTH);
    }

    @Property(seed = "4", edgeCases = EdgeCasesMode.NONE)
    public void everyStoryGoesAsTheOracleSays(@ForAll("stories") List<Step> story) {
        Story.tell(emptyStore(), story);
    }
}
