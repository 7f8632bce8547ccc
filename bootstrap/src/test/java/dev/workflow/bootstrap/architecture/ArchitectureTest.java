package dev.workflow.bootstrap.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.lang.ArchRule;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Holds the house to its {@link Rules}, and each rule to being able to fail. */
class ArchitectureTest {
    private static final String ROOT = "dev.workflow";
    private static final String BROKEN_HOUSES = "dev.workflow.bootstrap.architecture.broken";
    private static final JavaClasses HOUSE = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .withImportOption(ArchitectureTest::isWrittenByHand)
            .importPackages(ROOT);

    @TestFactory
    Stream<DynamicTest> theHouseKeepsTheRules() {
        return new Rules(ROOT)
                .byName().entrySet().stream()
                        .map(rule -> DynamicTest.dynamicTest(
                                rule.getKey(), () -> rule.getValue().check(HOUSE)));
    }

    @TestFactory
    Stream<DynamicTest> everyRuleFailsOnAHouseThatBreaksIt() {
        return new Rules(ROOT)
                .byName().keySet().stream()
                        .map(name -> DynamicTest.dynamicTest(name, () -> {
                            String root = BROKEN_HOUSES + "." + name;
                            JavaClasses broken = new ClassFileImporter().importPackages(root);
                            ArchRule rule = new Rules(root).byName().get(name);

                            assertThat(broken).isNotEmpty();
                            assertThat(rule.allowEmptyShould(true)
                                            .evaluate(broken)
                                            .hasViolation())
                                    .isTrue();
                        }));
    }

    @TestFactory
    Stream<DynamicTest> everyRoomThatTheRulesNameIsThere() {
        return Rules.rooms()
                .map(room -> DynamicTest.dynamicTest(
                        room, () -> assertThat(HOUSE).anyMatch(each -> isIn(each, ROOT + "." + room))));
    }

    private static boolean isIn(JavaClass each, String room) {
        return each.getPackageName().equals(room) && !each.getSimpleName().equals("package-info");
    }

    /** Micronaut's processors write classes of their own, and port-contracts is for tests. */
    private static boolean isWrittenByHand(Location location) {
        return !location.matches(Pattern.compile(".*/\\$[^/]*\\.class"))
                && !location.contains("/port-contracts")
                && !location.contains("/contracts/");
    }
}
