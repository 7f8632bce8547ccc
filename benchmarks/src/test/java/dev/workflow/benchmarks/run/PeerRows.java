package dev.workflow.benchmarks.run;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Other queues that take messages over HTTP and keep them on disk. They stand last, since they stay until the run ends. */
final class PeerRows {
    private static final int CONNECTIONS = 64;

    private PeerRows() {}

    static List<Row> all() {
        return List.of(new Row(
                "peers",
                "hand one in over HTTP, " + CONNECTIONS + " connections",
                Stage.MEMORY.queue(),
                "/s",
                EnumSet.of(Stage.MEMORY),
                PostRows.service(Stage.MEMORY, CONNECTIONS),
                Stream.of(Peer.values()).map(PeerRows::side).toList(),
                EnumSet.of(Row.Trait.PEER)));
    }

    private static Side side(Peer peer) {
        Set<Program> needs = EnumSet.of(Program.WRK);
        needs.addAll(peer.needs());
        return Side.of(
                        peer.title(),
                        needs,
                        bench -> bench.wrk()
                                .script(
                                        peer.script(),
                                        CONNECTIONS,
                                        bench.options().seconds(),
                                        bench.address(peer)))
                .after(bench -> warmUp(bench, peer));
    }

    private static void warmUp(Bench bench, Peer peer) {
        if (bench.isNew(peer)) {
            bench.wrk().script(peer.script(), CONNECTIONS, bench.options().warmUpSeconds(), bench.address(peer));
        }
    }
}
