package dev.workflow.rest;

import org.reactivestreams.Publisher;

/** A body that is written while it is made. One that fails is cut off, so that it cannot pass for whole. */
record ByteStream(Publisher<byte[]> pieces) {}
