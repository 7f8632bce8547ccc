package dev.workflow.rest;

import java.util.OptionalLong;
import reactor.core.publisher.Flux;

/**
 * A body that is written while it is made. One that fails is cut off, so that it cannot pass for whole.
 *
 * @param length of all pieces together, where it is known
 */
record ByteStream(Flux<byte[]> pieces, OptionalLong length) {}
