package dev.workflow.rest.access;

import dev.workflow.rest.Caller;
import dev.workflow.rest.problem.Problem;
import dev.workflow.rest.problem.ProblemType;
import dev.workflow.rest.problem.Refusal;
import io.micronaut.context.annotation.Requires;
import io.micronaut.core.annotation.AnnotationMetadata;
import io.micronaut.core.annotation.AnnotationMetadataProvider;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.RequestFilter;
import io.micronaut.http.annotation.ResponseFilter;
import io.micronaut.http.annotation.ServerFilter;
import io.micronaut.web.router.RouteAttributes;
import java.lang.System.Logger.Level;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Lets a request through to its controller when its key may do that. What has no controller is answered 404 or 405 whoever asks.
 * Without keys there is no check.
 */
@ServerFilter(ServerFilter.MATCH_ALL_PATTERN)
@Requires(beans = ApiKeys.class)
final class KeyCheck {
    private static final System.Logger LOG = System.getLogger(KeyCheck.class.getName());
    private static final String X_API_KEY = "X-API-Key";
    private static final Pattern BEARER = Pattern.compile("(?i:bearer)[ \\t]+(.*)", Pattern.DOTALL);
    private static final String CHALLENGE = "Bearer realm=\"workflow\"";

    private final ApiKeys keys;

    KeyCheck(ApiKeys keys) {
        this.keys = keys;
    }

    @RequestFilter
    void check(HttpRequest<?> request) {
        RouteAttributes.getRouteMatch(request)
                .map(AnnotationMetadataProvider::getAnnotationMetadata)
                .filter(route -> !route.hasAnnotation(OpenToAll.class))
                .ifPresent(route -> check(request, route));
    }

    private void check(HttpRequest<?> request, AnnotationMetadata route) {
        ApiKey key = keys.find(secret(request))
                .orElseThrow(() -> unauthorized("The key that was sent is not known here. Nothing was done."));
        Set<Role> allowed = EnumSet.of(Role.ADMIN);
        allowed.addAll(Arrays.asList(route.enumValues(AllowedTo.class, Role.class)));
        if (!allowed.contains(key.role())) {
            LOG.log(Level.DEBUG, () -> "The key " + key.name() + " may not do what it asked for.");
            throw new Refusal(ProblemType.FORBIDDEN, forbidden(key, allowed));
        }
        Caller.note(request, key.name());
    }

    /** What one was shown another must not see, whatever caches stand between. */
    @ResponseFilter
    void keepToThem(HttpRequest<?> request, MutableHttpResponse<?> response) {
        if (!Caller.of(request).isEmpty() && !response.getHeaders().contains(HttpHeaders.CACHE_CONTROL)) {
            response.header(HttpHeaders.CACHE_CONTROL, "private, no-cache");
        }
    }

    /** Two different secrets leave open whose request it is. */
    private static String secret(HttpRequest<?> request) {
        Set<String> secrets = new LinkedHashSet<>();
        for (String authorization : request.getHeaders().getAll(HttpHeaders.AUTHORIZATION)) {
            Matcher bearer = BEARER.matcher(authorization.strip());
            if (bearer.matches()) {
                secrets.add(bearer.group(1).strip());
            }
        }
        request.getHeaders().getAll(X_API_KEY).forEach(value -> secrets.add(value.strip()));
        secrets.remove("");
        if (secrets.size() > 1) {
            throw unauthorized("More than one key was sent. Send one. Nothing was done.");
        }
        return secrets.stream()
                .findFirst()
                .orElseThrow(() -> unauthorized("This needs a key: send it as \"Authorization: Bearer <key>\" or as"
                        + " \"X-API-Key: <key>\". Nothing was done."));
    }

    private static Refusal unauthorized(String detail) {
        LOG.log(Level.DEBUG, () -> "A request was refused. " + detail);
        return new Refusal(Problem.of(ProblemType.UNAUTHORIZED, detail).with(HttpHeaders.WWW_AUTHENTICATE, CHALLENGE));
    }

    private static String forbidden(ApiKey key, Set<Role> allowed) {
        return "The key \"" + key.name() + "\" has the role " + key.role().word() + "; this needs "
                + allowed.stream().map(Role::word).collect(Collectors.joining(" or ")) + ". Nothing was done.";
    }
}
