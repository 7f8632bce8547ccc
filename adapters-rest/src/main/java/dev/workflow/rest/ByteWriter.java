package dev.workflow.rest;

import io.micronaut.core.type.Argument;
import io.micronaut.core.type.MutableHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.body.ByteBodyFactory;
import io.micronaut.http.body.CloseableByteBody;
import io.micronaut.http.body.ResponseBodyWriter;
import io.micronaut.http.codec.CodecException;
import java.io.IOException;
import java.io.OutputStream;

/**
 * Hands the bytes of an answer to the connection as they are. Netty copies what it writes into memory of its own, so a large
 * answer is handed over piece by piece, as fast as the client reads.
 */
final class ByteWriter implements ResponseBodyWriter<byte[]> {
    private static final int LARGE = 1 << 20;

    @Override
    public CloseableByteBody writePiece(
            ByteBodyFactory bodies,
            HttpRequest<?> request,
            HttpResponse<?> response,
            Argument<byte[]> type,
            MediaType mediaType,
            byte[] bytes) {
        return bytes.length <= LARGE
                ? bodies.adapt(bytes)
                : ByteStream.of(bytes).adaptedBy(bodies);
    }

    @Override
    public void writeTo(
            Argument<byte[]> type, MediaType mediaType, byte[] bytes, MutableHeaders headers, OutputStream out) {
        try {
            out.write(bytes);
        } catch (IOException e) {
            throw new CodecException("The body could not be written.", e);
        }
    }
}
