package dev.workflow.contracts.model;

import dev.workflow.domain.StateName;
import dev.workflow.domain.Status;
import java.util.List;

/**
 * Something that happens. Numbers choose among what there is at that moment, so that any sequence of steps makes sense: one
 * that finds nothing to act upon does nothing. Times are in seconds.
 *
 * <p>Leases, delays and ages are odd tens and ticks are even tens, so that nothing ever ends at the very moment at which it
 * is looked at.
 */
public sealed interface Step {
    /** The key 0 is none; 1 and 2 are two owners' keys of the same name; from 3 on they are all different. */
    int NO_KEY = 0;

    /** One submission. */
    record Parcel(int workflows, boolean storable, int key) {}

    /** A batch of submissions. */
    record Post(List<Parcel> parcels) implements Step {}

    /** One claim: for good when {@code lease} is 0, in the plain form or another one. */
    record Order(int max, int lease, boolean plain, int key) {}

    /** Where the consuming instance ends. */
    enum End {
        NEVER,
        /** Messages were taken, nothing was claimed. */
        BEFORE_CLAIM,
        /** The claim is committed; its messages come again. */
        BEFORE_ACKNOWLEDGEMENT
    }

    /** Consumers who are served by one transaction. */
    record Consume(List<Order> orders, End end) implements Step {}

    record Ack(int delivery) implements Step {}

    /**
     * Refuses a delivery or a part of it.
     *
     * @param only chooses among the workflows of the delivery; none: all; a negative one: a stranger
     */
    record Nack(int delivery, int delay, boolean reason, List<Integer> only) implements Step {}

    /**
     * Moves the end of a lease.
     *
     * @param lease 0: as at first
     */
    record Extend(int delivery, int lease) implements Step {}

    record GiveBack(int delivery) implements Step {}

    /** Which versions a change names. */
    enum Versions {
        ANY,
        CURRENT,
        OLD
    }

    record Patch(int workflow, Status to, Versions versions, int key) implements Step {}

    /**
     * Revives the dead.
     *
     * @param some empty: all
     */
    record Redrive(List<Integer> some, int key) implements Step {}

    /** The same request with the same key as before. */
    record Again(int request) implements Step {}

    /** Hands a workflow over and refuses it so many times. */
    record Wear(int workflow, int times) implements Step {}

    /** Takes a workflow out of its lease by hand and hands it over anew, while the first lease runs. */
    record TakeOver(int workflow) implements Step {}

    record Tick(int seconds) implements Step {}

    record Expire(int max) implements Step {}

    record Purge(StateName state, int age) implements Step {}

    record ForgetKeys(int max) implements Step {}

    /** What becomes of a batch of the outbox. */
    enum Publishing {
        ALL,
        SOME,
        /** Published, but the entries are not removed. */
        CRASH_AFTERWARDS,
        CRASH_BEFORE
    }

    record Relay(int max, Publishing publishing) implements Step {}

    record Requeue() implements Step {}

    /** What a broker does when it is not at its best; {@code count} messages. */
    record Lose(int count) implements Step {}

    record Duplicate(int count) implements Step {}
}
