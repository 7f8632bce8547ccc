package dev.workflow.rest.wire;

import java.util.Optional;

/** The forms of a request target (RFC 9112, section 3.2). */
final class RequestTarget {
    private RequestTarget() {}

    /** A target as path and query; empty for one that names neither. */
    static Optional<String> originForm(String target) {
        if (target.startsWith("/")) {
            return Optional.of(target);
        }
        if (!hasScheme(target, "http://") && !hasScheme(target, "https://")) {
            return Optional.empty();
        }
        String afterScheme = target.substring(target.indexOf("//") + 2);
        int slash = afterScheme.indexOf('/');
        int question = afterScheme.indexOf('?');
        if (slash >= 0 && (question < 0 || slash < question)) {
            return Optional.of(afterScheme.substring(slash));
        }
        return Optional.of(question < 0 ? "/" : "/" + afterScheme.substring(question));
    }

    /** In whatever case (RFC 3986, section 3.1). */
    private static boolean hasScheme(String target, String scheme) {
        return target.regionMatches(true, 0, scheme, 0, scheme.length());
    }
}
