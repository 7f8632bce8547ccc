package dev.workflow.bootstrap.architecture;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What Maven cannot see. The poms already keep a module from importing what it does not depend on; these rules keep what it
 * does depend on, and the JDK, in its room. They hold for the rooms below a root package, so that each can be shown to fail on
 * a small house that breaks it.
 */
final class Rules {
    private static final int MOST_METHODS_OF_A_PORT = 6;
    private static final String[] PLAIN_JAVA = {
        "java.lang..", "java.util..", "java.time..", "java.nio", "java.nio.charset", "java.security", "org.jspecify.."
    };
    private static final String[] SQL = {
        "java.sql..",
        "javax.sql..",
        "org.postgresql..",
        "com.zaxxer..",
        "liquibase..",
        "io.micronaut.data..",
        "io.micronaut.transaction.."
    };
    private static final String[] AMQP = {"com.rabbitmq..", "io.micronaut.rabbitmq.."};
    private static final String[] HTTP = {"io.micronaut.http..", "io.netty.."};
    private static final String[] JSON = {"com.fasterxml..", "tools.jackson.."};
    private static final String[] CSV = {"com.univocity.."};
    private static final String[] METRICS = {"io.prometheus.."};

    private final String root;

    Rules(String root) {
        this.root = root;
    }

    /** Every rule by its name, which is also the name of the house that breaks it. */
    Map<String, ArchRule> byName() {
        Map<String, ArchRule> rules = new LinkedHashMap<>();
        rules.put("domainisplain", sees("domain", "domain"));
        rules.put("applicationisplain", sees("application", "application", "domain"));
        rules.put("sqlinitsroom", only(SQL, "postgres"));
        rules.put("amqpinitsroom", only(AMQP, "rabbitmq", "bootstrap"));
        rules.put("httpinitsroom", only(HTTP, "rest", "bootstrap"));
        rules.put("jsoninitsrooms", only(JSON, "rest", "csv"));
        rules.put("csvinitsroom", only(CSV, "csv"));
        rules.put("metricsintheirroom", only(METRICS, "rest.metrics"));
        rules.put("adaptersareapart", adaptersAreApart());
        rules.put("portsaresmall", portsAreSmallInterfaces());
        rules.put("usecasesarefinal", useCasesAreFinal());
        rules.put("nounsnotroles", noEmptyNames());
        rules.put("timeisinjected", timeIsInjected());
        rules.put("nobodysleeps", nobodySleeps());
        rules.put("nocycles", noCycles());
        return rules;
    }

    /** The packages that the rules name, each of which must hold something. */
    static Stream<String> rooms() {
        return Stream.of(
                "domain",
                "domain.port",
                "application",
                "rest",
                "rest.metrics",
                "postgres",
                "rabbitmq",
                "csv",
                "memory",
                "bootstrap");
    }

    private ArchRule sees(String room, String... rooms) {
        return classes()
                .that()
                .resideInAPackage(in(room))
                .should()
                .onlyDependOnClassesThat(resideInAnyPackage(PLAIN_JAVA).or(resideInAnyPackage(in(rooms))));
    }

    private ArchRule only(String[] libraries, String... rooms) {
        return noClasses()
                .that()
                .resideInAPackage(root + "..")
                .and()
                .resideOutsideOfPackages(in(rooms))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(libraries);
    }

    private ArchRule adaptersAreApart() {
        return slices().matching(root + ".(*)..")
                .namingSlices("room $1")
                .as("adapters")
                .should()
                .notDependOnEachOther()
                .ignoreDependency(resideInAPackage(in("bootstrap")), always())
                .ignoreDependency(always(), resideInAPackage(in("domain")))
                .ignoreDependency(resideInAPackage(in("rest")), resideInAPackage(in("application")));
    }

    private ArchRule portsAreSmallInterfaces() {
        return classes()
                .that()
                .resideInAPackage(in("domain.port"))
                .and()
                .areTopLevelClasses()
                .and()
                .doNotHaveSimpleName("package-info")
                .should()
                .beInterfaces()
                .andShould(haveAtMostMethods(MOST_METHODS_OF_A_PORT));
    }

    private ArchRule useCasesAreFinal() {
        return classes()
                .that()
                .resideInAPackage(in("application"))
                .and()
                .areTopLevelClasses()
                .and()
                .areNotInterfaces()
                .and()
                .doNotHaveSimpleName("package-info")
                .should()
                .haveModifier(JavaModifier.FINAL);
    }

    private ArchRule noEmptyNames() {
        return noClasses()
                .that()
                .resideInAPackage(root + "..")
                .should()
                .haveNameMatching(".*(Manager|Helper|Utils?|Impl|Dto|DTO|Mapper|Entity|UseCase|Service[A-Z]\\w*)");
    }

    private ArchRule timeIsInjected() {
        return noClasses()
                .that()
                .resideInAnyPackage(in("domain", "application"))
                .should()
                .callMethod(Instant.class, "now")
                .orShould()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .callMethod(Clock.class, "systemUTC");
    }

    private ArchRule nobodySleeps() {
        return noClasses()
                .that()
                .resideInAPackage(root + "..")
                .and()
                .resideOutsideOfPackage(in("bootstrap"))
                .should()
                .callMethod(Thread.class, "sleep", long.class)
                .orShould()
                .callMethod(Thread.class, "sleep", java.time.Duration.class);
    }

    private ArchRule noCycles() {
        return slices().matching(root + ".(**)").should().beFreeOfCycles();
    }

    private String[] in(String... rooms) {
        return Stream.of(rooms).map(room -> root + "." + room + "..").toArray(String[]::new);
    }

    private String in(String room) {
        return root + "." + room + "..";
    }

    private static DescribedPredicate<JavaClass> always() {
        return DescribedPredicate.alwaysTrue();
    }

    /** Those that an adapter has to write. */
    private static ArchCondition<JavaClass> haveAtMostMethods(int most) {
        return new ArchCondition<>("have at most " + most + " methods to implement") {
            @Override
            public void check(JavaClass port, ConditionEvents events) {
                long methods = port.getMethods().stream()
                        .filter(method -> method.getModifiers().contains(JavaModifier.ABSTRACT))
                        .count();
                events.add(new SimpleConditionEvent(
                        port, methods <= most, port.getName() + " has " + methods + " methods"));
            }
        };
    }
}
