package dev.workflow.rest;

import reactor.core.publisher.Flux;

/** A body that is written while it is made. One that fails is cut off, so that it cannot pass for whole. */
record ByteStream(Flux<byte[]> pieces) {}
