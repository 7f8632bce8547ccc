package dev.workflow.domain;

import java.util.function.Function;

/**
 * What became of a request that may carry a {@link RequestKey}.
 *
 * @param <O> what becomes of one without a key
 */
public sealed interface Keyed<O> {
    /** It was done now, or failed without an effect; then its key is free again. */
    record Fresh<O>(O outcome) implements Keyed<O> {}

    /** It had been done before, with this outcome. */
    record Replayed<O>(O outcome) implements Keyed<O> {}

    /** Another request had the same key. Nothing was done. */
    record Reused<O>() implements Keyed<O> {}

    /** The first request with this key is still under way. Nothing was done. */
    record InProgress<O>() implements Keyed<O> {}

    /** The same with another view of the outcome. */
    default <P> Keyed<P> map(Function<? super O, ? extends P> view) {
        return switch (this) {
            case Fresh<O>(O outcome) -> new Fresh<>(view.apply(outcome));
            case Replayed<O>(O outcome) -> new Replayed<>(view.apply(outcome));
            case Reused<O>() -> new Reused<>();
            case InProgress<O>() -> new InProgress<>();
        };
    }
}
