package dev.workflow.bootstrap;

import java.time.Duration;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Environment variables as typed values. A variable that is set to nothing counts as not set. */
final class Variables {
    private static final Pattern DURATION = Pattern.compile("(\\d{1,18})(ms|s|m|h|d)");

    /** A century; databases cannot count back much further than some of them. */
    private static final Duration LONGEST = Duration.ofDays(36_500);

    private final Map<String, String> values;
    private final Set<String> asked = new HashSet<>();

    Variables(Map<String, String> values) {
        this.values = values;
    }

    /** One that is set, and to what. */
    record Variable(String name, String value) {}

    /** The first of these names that is set: the service's own before those of the framework. */
    Optional<Variable> first(String... names) {
        asked.addAll(Arrays.asList(names));
        return Arrays.stream(names)
                .flatMap(name -> text(name).map(value -> new Variable(name, value)).stream())
                .findFirst();
    }

    /** All names that were asked for: the settings that there are, once all are read. */
    Set<String> asked() {
        return Set.copyOf(asked);
    }

    Optional<String> text(String name) {
        asked.add(name);
        return Optional.ofNullable(values.get(name)).map(String::strip).filter(value -> !value.isEmpty());
    }

    String text(String name, String otherwise) {
        return text(name).orElse(otherwise);
    }

    int number(String name, int otherwise, int least, int most) {
        return text(name).map(value -> number(name, value, least, most)).orElse(otherwise);
    }

    private static int number(String name, String value, int least, int most) {
        try {
            int number = Integer.parseInt(value);
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException e) {
            // falls through to the one message for both
        }
        throw wrong(name, value, "a number from " + least + " to " + most);
    }

    boolean flag(String name) {
        return text(name)
                .map(value -> switch (value.toLowerCase(Locale.ROOT)) {
                    case "true" -> true;
                    case "false" -> false;
                    default -> throw wrong(name, value, "true or false");
                })
                .orElse(false);
    }

    Duration duration(String name, Duration otherwise) {
        return duration(name, otherwise, Duration.ZERO);
    }

    Duration duration(String name, Duration otherwise, Duration least) {
        return text(name).map(value -> duration(name, value, least)).orElse(otherwise);
    }

    /** Empty for {@code keep}, as when nothing is set. */
    Optional<Duration> age(String name) {
        return text(name)
                .filter(value -> !value.equalsIgnoreCase("keep"))
                .map(value -> duration(name, value, "keep, or a number with a unit (ms, s, m, h, d), such as 30d"));
    }

    private static Duration duration(String name, String value, Duration least) {
        Duration duration = duration(name, value, "a number with a unit (ms, s, m, h, d), such as 30s");
        if (duration.compareTo(least) < 0) {
            throw wrong(name, value, "at least " + least.toSeconds() + "s");
        }
        return duration;
    }

    private static Duration duration(String name, String value, String takes) {
        Matcher matcher = DURATION.matcher(value);
        if (!matcher.matches()) {
            throw wrong(name, value, takes);
        }
        Duration duration = duration(matcher);
        if (duration.compareTo(LONGEST) > 0) {
            throw wrong(name, value, "at most " + LONGEST.toDays() + "d");
        }
        return duration;
    }

    private static Duration duration(Matcher matcher) {
        TimeUnit unit = switch (matcher.group(2)) {
            case "ms" -> TimeUnit.MILLISECONDS;
            case "s" -> TimeUnit.SECONDS;
            case "m" -> TimeUnit.MINUTES;
            case "h" -> TimeUnit.HOURS;
            default -> TimeUnit.DAYS;
        };
        return Duration.ofMillis(unit.toMillis(Long.parseLong(matcher.group(1))));
    }

    /** The constant whose name is the value, in lower case as a rule. */
    <E extends Enum<E>> E choice(String name, Class<E> type, E otherwise) {
        return text(name)
                .map(value -> Arrays.stream(type.getEnumConstants())
                        .filter(each -> each.name().equalsIgnoreCase(value))
                        .findFirst()
                        .orElseThrow(() -> wrong(name, value, choices(type))))
                .orElse(otherwise);
    }

    private static <E extends Enum<E>> String choices(Class<E> type) {
        return Arrays.stream(type.getEnumConstants()).map(Variables::lower).collect(Collectors.joining(" or "));
    }

    static String lower(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    private static StartFailure wrong(String name, String value, String takes) {
        return new StartFailure(name + " is \"" + value + "\", but it takes " + takes + ".");
    }
}
