package dev.workflow.benchmarks.run;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.stream.Stream;

/**
 * What one measurement saw.
 *
 * @param value in the unit of its row
 * @param details more that it saw, by name and unit, in the order in which it is told
 */
record Sample(double value, SequencedMap<String, Double> details) {
    static Sample of(double value) {
        return new Sample(value, new LinkedHashMap<>());
    }

    Sample with(String name, double detail) {
        SequencedMap<String, Double> more = new LinkedHashMap<>(details);
        more.put(name, detail);
        return new Sample(value, more);
    }

    /** For requests that do several at once, or a part of one. */
    Sample times(double each) {
        return new Sample(value * each, details);
    }

    /** The median of each figure by itself; of two, the lower. */
    static Sample median(List<Sample> samples) {
        Sample medians = of(median(samples.stream().map(Sample::value)));
        for (String name : samples.getFirst().details.sequencedKeySet()) {
            medians = medians.with(
                    name,
                    median(samples.stream()
                            .map(Sample::details)
                            .filter(details -> details.containsKey(name))
                            .map(details -> details.getOrDefault(name, Double.NaN))));
        }
        return medians;
    }

    private static double median(Stream<Double> values) {
        List<Double> sorted = values.sorted().toList();
        return sorted.get((sorted.size() - 1) / 2);
    }
}
