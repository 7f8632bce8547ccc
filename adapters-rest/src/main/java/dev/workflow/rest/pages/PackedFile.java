package dev.workflow.rest.pages;

import dev.workflow.rest.EntityTags;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.ref.SoftReference;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A file that came with these classes. It is read when it is asked for, and let go when memory is short. */
final class PackedFile {
    private final String name;
    private final String type;
    private volatile SoftReference<byte @Nullable []> last = new SoftReference<>(null);
    private volatile @Nullable String tag;

    PackedFile(String name) {
        this.name = name;
        this.type = typeOf(name);
    }

    private static String typeOf(String name) {
        return switch (name.substring(name.lastIndexOf('.') + 1)) {
            case "html" -> "text/html; charset=utf-8";
            case "css" -> "text/css; charset=utf-8";
            case "js" -> "text/javascript; charset=utf-8";
            case "svg" -> "image/svg+xml";
            default -> "text/plain; charset=utf-8";
        };
    }

    String type() {
        return type;
    }

    /** Requests that come at the same time may each read it, which does no harm. */
    byte[] bytes() {
        byte[] known = last.get();
        if (known != null) {
            return known;
        }
        byte[] bytes = read();
        last = new SoftReference<>(bytes);
        return bytes;
    }

    /** Its entity tag, which is kept: whoever has the file already needs nothing else. */
    String tag() {
        String known = tag;
        if (known != null) {
            return known;
        }
        String computed = EntityTags.of(bytes());
        tag = computed;
        return computed;
    }

    private byte[] read() {
        try (InputStream in = PackedFile.class.getResourceAsStream(name)) {
            return Objects.requireNonNull(in, name).readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
