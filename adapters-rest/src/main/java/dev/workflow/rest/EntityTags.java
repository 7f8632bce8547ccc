package dev.workflow.rest;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Entity tags (RFC 9110, section 8.8.3). That of a workflow is its version, in quotes. All are strong. */
public final class EntityTags {
    private static final String WEAK = "W/";
    private static final int DIGEST_DIGITS = 32;

    /** Digits that a version may have, without a leading zero, so that each version has one spelling. */
    private static final Pattern VERSION = Pattern.compile("\"[1-9][0-9]{0,17}\"");

    private EntityTags() {}

    public static String of(long version) {
        return "\"" + version + "\"";
    }

    /** The same only for the same bytes. */
    public static String of(byte[] body) {
        return "\"" + Sha256.of(body).substring(0, DIGEST_DIGITS) + "\"";
    }

    /** Whether {@code If-None-Match} names {@code tag}; weak tags count. */
    public static boolean noneMatchNames(List<String> header, String tag) {
        List<String> tags = elements(header);
        return tags.contains("*") || tags.contains(tag) || tags.contains(WEAK + tag);
    }

    /**
     * The versions that {@code If-Match} names; weak tags do not count.
     *
     * @return null when any will do
     */
    public static @Nullable Set<Long> versions(List<String> header) {
        List<String> tags = elements(header);
        if (header.isEmpty() || tags.contains("*")) {
            return null;
        }
        return tags.stream()
                .filter(tag -> VERSION.matcher(tag).matches())
                .map(tag -> Long.valueOf(tag.substring(1, tag.length() - 1)))
                .collect(Collectors.toCollection(HashSet::new));
    }

    /** A backslash is a plain character in an entity tag, but no tag of ours has one. */
    private static List<String> elements(List<String> header) {
        return HeaderText.elements(String.join(",", header));
    }
}
