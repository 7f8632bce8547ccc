package dev.workflow.benchmarks.run;

import java.util.List;
import java.util.stream.Stream;

/** The table, from top to bottom. Rows that share a stage stand together, since a stage is left when a row does not name it. */
final class Rows {
    private Rows() {}

    static List<Row> all() {
        return Stream.of(
                        StartRows.all(),
                        PostRows.all(),
                        ConsumeRows.all(Stage.MEMORY),
                        DeliveryRows.all(),
                        LongPollRows.all(Stage.MEMORY),
                        ConsumeRows.all(Stage.CLASSIC),
                        LongPollRows.all(Stage.CLASSIC),
                        SteadyRows.all(),
                        ConsumeRows.all(Stage.QUORUM),
                        RelayRows.all(),
                        ListRows.all(),
                        GrowthRows.all(),
                        PeerRows.all())
                .flatMap(List::stream)
                .toList();
    }
}
