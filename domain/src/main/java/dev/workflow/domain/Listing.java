package dev.workflow.domain;

import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One page of a list.
 *
 * @param criteria workflows that meet all of them
 * @param after only workflows that come after it in the order; null: from the first
 * @param limit at most this many
 */
public record Listing(
        List<Criterion> criteria, Order order, @Nullable UUID after, int limit) {
    /** The order of the ids, which is that of their creation. */
    public enum Order {
        OLDEST_FIRST,
        NEWEST_FIRST
    }

    public Listing {
        criteria = List.copyOf(criteria);
    }

    /** All workflows, oldest first. */
    public static Listing ofAll(int limit) {
        return new Listing(List.of(), Order.OLDEST_FIRST, null, limit);
    }

    /** Only those of them that meet these criteria too. */
    public Listing with(Criterion... more) {
        return new Listing(Stream.concat(criteria.stream(), Stream.of(more)).toList(), order, after, limit);
    }

    public Listing limited(int most) {
        return new Listing(criteria, order, after, most);
    }

    public Listing after(@Nullable UUID last) {
        return new Listing(criteria, order, last, limit);
    }
}
