package dev.workflow.benchmarks.run;

import java.util.List;
import java.util.Set;

/**
 * One line of the table.
 *
 * @param name for {@code --only} and for machines
 * @param title what a reader reads
 * @param queue where the queue is
 * @param stages what must run for it
 * @param beside with whom the service is compared: ratios are its figure by theirs
 * @param traits what else is to be known of it
 */
record Row(
        String name,
        String title,
        String queue,
        String unit,
        Set<Stage> stages,
        Side service,
        List<Side> beside,
        Set<Trait> traits) {
    enum Trait {
        NOT_QUICK,
        PEER,
        /** Stands beside the same service without what the row adds. */
        COST,
        /** Lasts for minutes. */
        LONG,
        /** Too slow, or too much the same, for more than one round. */
        ONCE
    }

    boolean isPeer() {
        return traits.contains(Trait.PEER);
    }

    boolean isCost() {
        return traits.contains(Trait.COST);
    }

    boolean isLong() {
        return traits.contains(Trait.LONG);
    }

    boolean isQuick() {
        return !traits.contains(Trait.NOT_QUICK);
    }

    int rounds(Options options) {
        return traits.contains(Trait.ONCE) ? 1 : options.rounds();
    }
}
