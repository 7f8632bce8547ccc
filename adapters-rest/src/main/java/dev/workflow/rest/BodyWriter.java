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
import java.io.OutputStream;
import java.util.function.BiFunction;

/**
 * Hands the body of an answer to the connection as it is.
 *
 * @param adapted what the connection takes instead of it
 */
record BodyWriter<T>(BiFunction<T, ByteBodyFactory, CloseableByteBody> adapted) implements ResponseBodyWriter<T> {
    @Override
    public CloseableByteBody writePiece(
            ByteBodyFactory bodies,
            HttpRequest<?> request,
            HttpResponse<?> response,
            Argument<T> type,
            MediaType mediaType,
            T body) {
        return adapted.apply(body, bodies);
    }

    /** The server does not ask for this. */
    @Override
    public void writeTo(Argument<T> type, MediaType mediaType, T body, MutableHeaders headers, OutputStream out) {
        throw new CodecException("A body is not written at once.");
    }
}
