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

/** Writes pieces as fast as the client reads them, and asks for the next one only then. */
final class StreamWriter implements ResponseBodyWriter<ByteStream> {
    @Override
    public CloseableByteBody writePiece(
            ByteBodyFactory bodies,
            HttpRequest<?> request,
            HttpResponse<?> response,
            Argument<ByteStream> type,
            MediaType mediaType,
            ByteStream stream) {
        return stream.adaptedBy(bodies);
    }

    @Override
    public void writeTo(
            Argument<ByteStream> type,
            MediaType mediaType,
            ByteStream stream,
            MutableHeaders headers,
            OutputStream out) {
        throw new CodecException("A stream is not written at once.");
    }
}
