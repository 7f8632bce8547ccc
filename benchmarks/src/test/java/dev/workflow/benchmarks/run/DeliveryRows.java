package dev.workflow.benchmarks.run;

import java.util.EnumSet;
import java.util.List;

/** What keys, delivery rows and leases cost: the service with them, beside itself without. */
final class DeliveryRows {
    private static final int CONNECTIONS = 64;

    private DeliveryRows() {}

    static List<Row> all() {
        return List.of(
                row(
                        "post-keyed",
                        "POST /workflow with an Idempotency-Key, 64 connections",
                        PostRows.posting("the service", "keyed.lua", Stage.MEMORY, CONNECTIONS),
                        PostRows.posting("without a key", "post.lua", Stage.MEMORY, CONNECTIONS)),
                row(
                        "consume-row",
                        "GET /workflow/consume with a delivery row, 64 connections",
                        ConsumeRows.single("the service", Stage.MEMORY, "/workflow/consume?delimiter=%3B"),
                        ConsumeRows.single("without the row", Stage.MEMORY, "/workflow/consume")),
                row(
                        "consume-lease",
                        "GET /workflow/consume with a lease, and the ack, 64 connections",
                        leasing(),
                        ConsumeRows.single("consuming for good", Stage.MEMORY, "/workflow/consume")));
    }

    private static Row row(String name, String title, Side with, Side without) {
        return new Row(
                name,
                title,
                Stage.MEMORY.queue(),
                "/s",
                EnumSet.of(Stage.MEMORY),
                with,
                List.of(without),
                EnumSet.of(Row.Trait.NOT_QUICK, Row.Trait.COST));
    }

    /** Counts pairs: half of the requests take, the other half acknowledge. */
    private static Side leasing() {
        return Side.of(
                        "the service",
                        EnumSet.of(Program.WRK),
                        bench -> bench.wrk()
                                .script(
                                        "leases.lua",
                                        CONNECTIONS,
                                        bench.options().seconds(),
                                        bench.scene(Stage.MEMORY).url(""))
                                .times(0.5))
                .after(ConsumeRows.stocked(Stage.MEMORY));
    }
}
