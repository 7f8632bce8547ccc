package dev.workflow.rest.wire;

import dev.workflow.rest.metrics.RequestDurations;
import dev.workflow.rest.metrics.Route;
import io.micronaut.web.router.Router;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Which route of the framework's router a path is on. What the router itself finds is known to filters only, and one of those
 * would cost each request more than this, which makes no object.
 */
@Singleton
final class Routes {
    /** A variable, and what it may stand for, which has no braces here. */
    private static final Pattern VARIABLE = Pattern.compile("\\{(\\w+)(?::[^{}]*)?}");

    private final Segment root = new Segment("");
    private final Route none;

    Routes(Router router, RequestDurations durations) {
        none = durations.route("");
        router.uriRoutes()
                .map(route -> route.getUriMatchTemplate().toString())
                .map(template -> VARIABLE.matcher(template).replaceAll("{$1}"))
                .forEach(template -> add(durations.route(template)));
    }

    private void add(Route route) {
        Segment segment = root;
        for (String text : route.template().substring(1).split("/", -1)) {
            segment = segment.with(text);
        }
        segment.route = route;
    }

    /** What is on none. */
    Route none() {
        return none;
    }

    /** @param target path and query as they were sent */
    Route of(String target) {
        int question = target.indexOf('?');
        int end = question < 0 ? target.length() : question;
        Segment segment = root;
        for (int from = 1; from < end && segment != null; ) {
            int slash = target.indexOf('/', from);
            int to = slash < 0 || slash > end ? end : slash;
            segment = segment.next(target, from, to);
            from = to + 1;
        }
        return segment == null || segment.route == null ? none : segment.route;
    }

    /** One part of a path, and what may follow it. */
    private static final class Segment {
        private final String text;
        private final List<Segment> named = new ArrayList<>();
        private @Nullable Segment variable;
        private @Nullable Route route;

        Segment(String text) {
            this.text = text;
        }

        Segment with(String next) {
            if (next.startsWith("{")) {
                variable = variable == null ? new Segment(next) : variable;
                return variable;
            }
            for (Segment each : named) {
                if (each.text.equals(next)) {
                    return each;
                }
            }
            Segment fresh = new Segment(next);
            named.add(fresh);
            return fresh;
        }

        @Nullable Segment next(String target, int from, int to) {
            // by index: an iterator would be an object
            for (int i = 0; i < named.size(); i++) {
                Segment each = named.get(i);
                if (each.text.length() == to - from && target.startsWith(each.text, from)) {
                    return each;
                }
            }
            return from < to ? variable : null;
        }
    }
}
