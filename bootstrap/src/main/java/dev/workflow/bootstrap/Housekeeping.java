package dev.workflow.bootstrap;

import dev.workflow.application.EndLeases;
import dev.workflow.application.RemoveOld;
import dev.workflow.application.Schedule;
import dev.workflow.bootstrap.Settings.Periods;
import dev.workflow.domain.port.Statistics;
import java.time.Duration;

/** What is done beside the requests as long as the service runs. */
record Housekeeping(
        Runnable keeping, LostMessages lostMessages, EndLeases endLeases, RemoveOld removeOld, Statistics statistics) {
    /** How often to look within the time after which a message counts as lost. */
    private static final int LOOKS = 3;

    private static final Duration KEEPING = Duration.ofSeconds(1);
    private static final Duration LEASES = Duration.ofMillis(250);
    /** A few batches at a time, with a pause after them: there is no hurry, and requests come first. */
    private static final Duration REMOVAL = Duration.ofMillis(500);
    /** Counts may be a minute old when they are asked for. */
    private static final Duration COUNTS = Duration.ofSeconds(30);

    void begin(Schedule schedule, Periods periods) {
        schedule.everyInBackground("keeping", KEEPING, keeping);
        schedule.everyInBackground("lost-messages", periods.reconcileAfter().dividedBy(LOOKS), lostMessages::look);
        schedule.everyInBackground("leases", LEASES, endLeases::pass);
        schedule.everyInBackground("removal", REMOVAL, removeOld::step);
        schedule.everyInBackground("counts", COUNTS, statistics::recount);
    }
}
