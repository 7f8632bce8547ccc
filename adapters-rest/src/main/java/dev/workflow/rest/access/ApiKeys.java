package dev.workflow.rest.access;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The keys that are known here, by the SHA-256 of their secrets. Whoever reads the settings learns no secret; whoever guesses
 * learns nothing from the time that a look-up takes, since what is compared is not what was sent.
 */
public final class ApiKeys {
    private static final Pattern ENTRY = Pattern.compile("([A-Za-z0-9._-]{1,64}):([a-z]+):([0-9A-Fa-f]{64})");
    private static final String FORM =
            "name:role:sha256-hex, where the name has 1 to 64 letters, digits, dots, hyphens or"
                    + " underscores, the role is producer, consumer, viewer or admin, and the third part has the 64 hexadecimal"
                    + " digits of the key's SHA-256";

    private final Map<String, ApiKey> byHash;

    private ApiKeys(Map<String, ApiKey> byHash) {
        this.byHash = byHash;
    }

    /**
     * Reads entries of the form {@code name:role:sha256-hex} with commas between them.
     *
     * @throws IllegalArgumentException saying which entry is wrong, but not what stands in it: it may be a secret
     */
    public static ApiKeys parse(String entries) {
        Map<String, ApiKey> byHash = new LinkedHashMap<>();
        List<String> names = new ArrayList<>();
        for (String entry : entries.split(",", -1)) {
            int number = names.size() + 1;
            Matcher parts = ENTRY.matcher(entry.strip());
            Optional<Role> role = parts.matches() ? Role.ofWord(parts.group(2)) : Optional.empty();
            if (role.isEmpty()) {
                throw wrong(number, "is not of the form " + FORM);
            }
            if (names.contains(parts.group(1))) {
                throw wrong(number, "has the name of another one");
            }
            names.add(parts.group(1));
            ApiKey key = new ApiKey(parts.group(1), role.get());
            if (byHash.put(parts.group(3).toLowerCase(Locale.ROOT), key) != null) {
                throw wrong(number, "has the SHA-256 of another one");
            }
        }
        return new ApiKeys(byHash);
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
        return Optional.ofNullable(byHash.get(HexFormat.of().formatHex(sha256(secret))));
    }

    private static byte[] sha256(String secret) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(secret.getBytes(StandardCharsets.ISO_8859_1));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-256.", e);
        }
    }
}
