package dev.workflow.benchmarks.run;

import dev.workflow.contracts.servers.RabbitNode;
import java.sql.SQLException;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** How fast a backlog reaches a broker that was away. Nothing else is asked of the service meanwhile. */
final class RelayRows {
    private RelayRows() {}

    static List<Row> all() {
        return List.of(new Row(
                "relay",
                "outbox to broker, after the broker was away",
                Stage.CLASSIC.queue(),
                "messages/s",
                Set.of(),
                Side.of("the service", EnumSet.of(Program.RABBITMQ), RelayRows::measure),
                List.of(),
                EnumSet.of(Row.Trait.ONCE)));
    }

    private static Sample measure(Bench bench) {
        RabbitNode broker = bench.broker();
        broker.wipe();
        Database database = bench.postgres().create("service_relay");
        ServiceProcess service =
                bench.start("service_relay", Map.of("DATABASE_URL", database.uri(), "RABBITMQ_URI", broker.uri()));
        Scene scene = new Scene(service, database);
        try {
            scene.fill(bench.options().quick() ? 20_000 : 200_000);
            long backlog = scene.backlog();
            long oldest = database.number("SELECT min(seq) FROM outbox");
            broker.restart();
            long begin = System.nanoTime();
            double untilFirst = awaitFirst(database, oldest, begin);
            double rest = scene.secondsUntilRelayed();
            double all = (System.nanoTime() - begin) / 1e9;
            if (Double.isNaN(rest)) {
                throw new Broken("the outbox was not emptied");
            }
            return Sample.of(backlog / all)
                    .with("messages", backlog)
                    .with("first after s", untilFirst)
                    .with("messages/s from then", backlog / (all - untilFirst));
        } finally {
            scene.close();
        }
    }

    private static double awaitFirst(Database database, long oldest, long begin) {
        try (Database.Asking asking = database.asking("SELECT min(seq) FROM outbox")) {
            while (asking.number() == oldest) {
                if (System.nanoTime() - begin > 120e9) {
                    throw new Broken("the service did not find the broker again within two minutes");
                }
                Scene.pause(10);
            }
            return (System.nanoTime() - begin) / 1e9;
        } catch (SQLException e) {
            throw new Broken(e.getMessage(), e);
        }
    }
}
