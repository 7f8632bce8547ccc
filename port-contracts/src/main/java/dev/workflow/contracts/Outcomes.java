package dev.workflow.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.workflow.domain.Keyed;

/** What requests must have come to. */
public final class Outcomes {
    private Outcomes() {}

    public static <O> O fresh(Keyed<O> keyed) {
        assertThat(keyed).isInstanceOf(Keyed.Fresh.class);
        return ((Keyed.Fresh<O>) keyed).outcome();
    }

    public static <O> O replayed(Keyed<O> keyed) {
        assertThat(keyed).isInstanceOf(Keyed.Replayed.class);
        return ((Keyed.Replayed<O>) keyed).outcome();
    }
}
