package dev.workflow.benchmarks.run;

import java.util.Set;

/**
 * One of those who are measured in turns.
 *
 * @param prepare comes before each measurement, and is not measured
 */
record Side(String name, Set<Program> needs, Step prepare, Load load) {
    @FunctionalInterface
    interface Step {
        void on(Bench bench);
    }

    @FunctionalInterface
    interface Load {
        Sample on(Bench bench);
    }

    static Side of(String name, Set<Program> needs, Load load) {
        return new Side(name, needs, bench -> {}, load);
    }

    Side after(Step step) {
        return new Side(name, needs, step, load);
    }
}
