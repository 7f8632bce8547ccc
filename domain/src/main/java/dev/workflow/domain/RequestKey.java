package dev.workflow.domain;

/**
 * What makes a request that is sent twice act once.
 *
 * @param owner whose key it is; owners do not see one another's keys. Empty for everyone who gives no name.
 * @param key what the client calls the request
 * @param fingerprint differs for requests that differ
 */
public record RequestKey(String owner, String key, String fingerprint) {
    /** Owner and key together: what no two requests should have at the same time. */
    public record Name(String owner, String key) {}

    public Name name() {
        return new Name(owner, key);
    }
}
