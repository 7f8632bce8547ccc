package dev.workflow.bootstrap;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Variables that look like settings of this service and are none. Others may use such names, so they stop nothing, but a setting
 * that was mistyped must not be passed over in silence.
 */
final class Mistyped {
    private static final System.Logger LOG = System.getLogger(Mistyped.class.getName());

    private static final String PREFIX = "WORKFLOW_";
    /** Read by the container image, and by the tests. */
    private static final Set<String> ELSEWHERE =
            Set.of("WORKFLOW_JAVA_OPTIONS", "WORKFLOW_REQUIRE_RABBITMQ", "WORKFLOW_REQUIRE_CHROMIUM");
    /** How Kubernetes and Docker tell where a service is whose name begins with "workflow". */
    private static final Pattern NEIGHBOUR = Pattern.compile(".*_(SERVICE_(HOST|PORT)|PORT_\\d+_(TCP|UDP))(_.*)?");

    private static final Pattern NEIGHBOURS_ADDRESS = Pattern.compile("(tcp|udp)://.*");

    /** Letters to be changed, added or left out. */
    private static final int NEAR = 3;
    /** Names without the prefix of this service are others' as well: only these letters wrong, in a name of this length. */
    private static final int VERY_NEAR = 1;

    private static final int LONG = 8;

    private final Set<String> known;

    private Mistyped(Set<String> known) {
        this.known = known;
    }

    /** @param known the names of all settings */
    static void warn(Map<String, String> environment, Set<String> known) {
        warnings(environment, known).forEach(line -> LOG.log(System.Logger.Level.WARNING, line));
    }

    static List<String> warnings(Map<String, String> environment, Set<String> known) {
        Mistyped mistyped =
                new Mistyped(Stream.concat(known.stream(), ELSEWHERE.stream()).collect(Collectors.toSet()));
        return environment.entrySet().stream()
                .filter(variable ->
                        !NEIGHBOURS_ADDRESS.matcher(variable.getValue()).matches())
                .map(Map.Entry::getKey)
                .filter(name -> !mistyped.known.contains(name))
                .filter(name -> name.startsWith(PREFIX) || mistyped.isNearly(name, environment))
                .filter(name -> !NEIGHBOUR.matcher(name).matches())
                .sorted()
                .map(mistyped::warning)
                .toList();
    }

    private String warning(String name) {
        String question =
                meant(name).map(setting -> "; did you mean " + setting + "?").orElse(".");
        return name + " is no setting of this service" + question;
    }

    /** Where the setting itself is there as well, the other is for somebody else. */
    private boolean isNearly(String name, Map<String, String> environment) {
        return nearly(name).filter(setting -> !environment.containsKey(setting)).isPresent();
    }

    private Optional<String> nearly(String name) {
        return known.stream()
                .filter(each -> each.length() >= LONG && (distance(name, each) <= VERY_NEAR || isCutOff(name, each)))
                .min(Comparator.naturalOrder());
    }

    /** Some say {@code DATABASE_USER} and {@code DATABASE_PASS}. The first word alone is anybody's. */
    private static boolean isCutOff(String name, String setting) {
        return name.length() > LONG && setting.startsWith(name) && !name.endsWith("_");
    }

    /** Some settings have no prefix. */
    private Optional<String> meant(String name) {
        if (!name.startsWith(PREFIX)) {
            return nearly(name);
        }
        String bare = name.substring(PREFIX.length());
        return Stream.of(bare)
                .filter(known::contains)
                .findFirst()
                .or(() -> known.stream()
                        .filter(each -> each.startsWith(PREFIX) && distance(name, each) <= NEAR)
                        .min(Comparator.comparingInt((String each) -> distance(name, each))
                                .thenComparing(Comparator.naturalOrder())));
    }

    /** Levenshtein's. */
    private static int distance(String from, String to) {
        int[] before = new int[to.length() + 1];
        for (int i = 0; i <= to.length(); i++) {
            before[i] = i;
        }
        for (int i = 1; i <= from.length(); i++) {
            int[] row = new int[to.length() + 1];
            row[0] = i;
            for (int j = 1; j <= to.length(); j++) {
                int change = before[j - 1] + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
                row[j] = Math.min(change, 1 + Math.min(before[j], row[j - 1]));
            }
            before = row;
        }
        return before[to.length()];
    }
}
