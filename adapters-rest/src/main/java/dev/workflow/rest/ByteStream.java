package dev.workflow.rest;

import io.micronaut.http.body.ByteBodyFactory;
import io.micronaut.http.body.CloseableByteBody;
import java.util.Arrays;
import java.util.OptionalLong;
import reactor.core.publisher.Flux;

/**
 * A body that is written while it is made. One that fails is cut off, so that it cannot pass for whole.
 *
 * @param length of all pieces together, where it is known
 */
public record ByteStream(Flux<byte[]> pieces, OptionalLong length) {
    private static final int LARGE = 1 << 20;
    private static final int PIECE = 128 << 10;

    /** Bytes that are all there, as a client fetches them. */
    public static ByteStream of(byte[] bytes) {
        Flux<byte[]> pieces = Flux.generate(() -> 0, (start, sink) -> {
            int end = Math.min(start + PIECE, bytes.length);
            sink.next(Arrays.copyOfRange(bytes, start, end));
            if (end == bytes.length) {
                sink.complete();
            }
            return end;
        });
        return new ByteStream(pieces, OptionalLong.of(bytes.length));
    }

    /** Netty copies what it writes into memory of its own, so large ones are handed over piece by piece. */
    static CloseableByteBody adapted(byte[] bytes, ByteBodyFactory bodies) {
        return bytes.length <= LARGE ? bodies.adapt(bytes) : of(bytes).adapted(bodies);
    }

    /** The next piece is asked for when the client has read the one before. */
    CloseableByteBody adapted(ByteBodyFactory bodies) {
        return bodies.adapt(pieces.map(bodies.readBufferFactory()::adapt), length);
    }
}
