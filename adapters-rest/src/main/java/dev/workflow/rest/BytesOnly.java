package dev.workflow.rest;

import io.micronaut.context.annotation.Replaces;
import io.micronaut.core.type.Argument;
import io.micronaut.http.MediaType;
import io.micronaut.http.body.DefaultMessageBodyHandlerRegistry;
import io.micronaut.http.body.MessageBodyHandlerRegistry;
import io.micronaut.http.body.MessageBodyReader;
import io.micronaut.http.body.MessageBodyWriter;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Bodies are written as bytes and read by hand, so no JSON mapper is needed, and none can be reached by a client. */
@Singleton
@Replaces(DefaultMessageBodyHandlerRegistry.class)
final class BytesOnly implements MessageBodyHandlerRegistry {
    private final Map<Class<?>, MessageBodyWriter<?>> writers = Map.of(
            byte[].class,
            new BodyWriter<byte[]>(ByteStream::adapted),
            ByteStream.class,
            new BodyWriter<ByteStream>(ByteStream::adapted));

    @Override
    public <T> Optional<MessageBodyReader<T>> findReader(Argument<T> type, @Nullable List<MediaType> mediaTypes) {
        return Optional.empty();
    }

    @Override
    @SuppressWarnings("unchecked") // a writer stands beside the type that it writes
    public <T> Optional<MessageBodyWriter<T>> findWriter(Argument<T> type, List<MediaType> mediaTypes) {
        return Optional.ofNullable((MessageBodyWriter<T>) writers.get(type.getType()));
    }
}
