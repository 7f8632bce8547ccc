package dev.workflow.rest.access;

import dev.workflow.rest.Sha256;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The keys that are known here, by the SHA-256 of their secrets. Whoever reads the settings learns no secret; whoever guesses
 * learns nothing from the time that a look-up takes, since what is compared is not what was sent.
 */
public final class ApiKeys {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]{1,64}");
    private static final Pattern HASH = Pattern.compile("[0-9A-Fa-f]{64}");
    private static final String HASH_OF_NOTHING = hash("");

    private final Map<String, ApiKey> byHash;

    private ApiKeys(Map<String, ApiKey> byHash) {
        this.byHash = byHash;
    }

    /**
     * Reads entries of the form {@code name:role:sha256-hex} with commas between them. A name may come again with another secret,
     * so that the old one works until everybody has the new one.
     *
     * @throws IllegalArgumentException saying what is wrong with which entry, but not what stands in it: it may be a secret
     */
    public static ApiKeys parse(String entries) {
        Map<String, ApiKey> byHash = new LinkedHashMap<>();
        Map<String, Role> roles = new HashMap<>();
        int number = 0;
        for (String entry : entries.split(",", -1)) {
            number++;
            String[] parts = entry.strip().split(":", -1);
            String flaw = flaw(parts);
            if (flaw != null) {
                throw wrong(number, flaw);
            }
            ApiKey key = new ApiKey(parts[0], Role.ofWord(parts[1]).orElseThrow());
            if (roles.computeIfAbsent(key.name(), name -> key.role()) != key.role()) {
                throw wrong(number, "has the name of an earlier one, but another role");
            }
            if (byHash.put(parts[2].toLowerCase(Locale.ROOT), key) != null) {
                throw wrong(number, "has the SHA-256 of an earlier one");
            }
        }
        return new ApiKeys(byHash);
    }

    private static @Nullable String flaw(String[] parts) {
        if (parts.length != 3) {
            return "is not of the form name:role:sha256-hex (commas separate entries)";
        }
        if (!NAME.matcher(parts[0]).matches()) {
            return "needs a name of 1 to 64 letters, digits, dots, hyphens or underscores";
        }
        if (Role.ofWord(parts[1]).isEmpty()) {
            return "needs the role producer, consumer, viewer or admin";
        }
        if (!HASH.matcher(parts[2]).matches()) {
            return "needs the 64 hexadecimal digits of the key's SHA-256, not the key";
        }
        return parts[2].equalsIgnoreCase(HASH_OF_NOTHING) ? "has the SHA-256 of an empty key" : null;
    }

    private static IllegalArgumentException wrong(int number, String what) {
        return new IllegalArgumentException("entry " + number + " " + what);
    }

    /** All of them, in the order in which they were given. */
    public List<ApiKey> all() {
        return List.copyOf(byHash.values());
    }

    /** @param secret what a client sent, a character for each byte */
    Optional<ApiKey> find(String secret) {
        return Optional.ofNullable(byHash.get(hash(secret)));
    }

    private static String hash(String secret) {
        return Sha256.of(secret.getBytes(StandardCharsets.ISO_8859_1));
    }
}
