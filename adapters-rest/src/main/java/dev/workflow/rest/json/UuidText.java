package dev.workflow.rest.json;

import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/** UUIDs as clients spell them; {@link UUID#fromString} takes more than that. */
public final class UuidText {
    private static final Pattern SPELLING =
            Pattern.compile("[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}");

    /** What one looks like, for those who sent something else. */
    public static final String EXAMPLE = "0197a0c4-5ee1-7aa2-9d0c-0123456789ab";

    private UuidText() {}

    public static Optional<UUID> parse(String text) {
        return SPELLING.matcher(text).matches() ? Optional.of(UUID.fromString(text)) : Optional.empty();
    }
}
