package dev.workflow.benchmarks.run;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What became of a row.
 *
 * @param sides the service first, then those beside it
 */
record Result(Row row, List<Outcome> sides) {
    /**
     * What became of one who was measured.
     *
     * @param median null when there is none
     * @param reason why there is none; empty otherwise
     */
    record Outcome(String name, @Nullable Sample median, List<Double> rounds, String reason, boolean isBroken) {
        static Outcome measured(String name, List<Sample> samples) {
            return new Outcome(
                    name,
                    Sample.median(samples),
                    samples.stream().map(Sample::value).toList(),
                    "",
                    false);
        }

        static Outcome skipped(String name, String reason) {
            return new Outcome(name, null, List.of(), reason, false);
        }

        static Outcome broken(String name, String reason) {
            return new Outcome(name, null, List.of(), reason, true);
        }
    }

    Outcome service() {
        return sides.getFirst();
    }

    List<Outcome> beside() {
        return sides.subList(1, sides.size());
    }

    boolean isBroken() {
        return sides.stream().anyMatch(Outcome::isBroken);
    }

    /** The service's figure by that of another. */
    Optional<Double> ratio(Outcome other) {
        Sample ours = service().median();
        Sample theirs = other.median();
        return ours == null || theirs == null ? Optional.empty() : Optional.of(ours.value() / theirs.value());
    }
}
