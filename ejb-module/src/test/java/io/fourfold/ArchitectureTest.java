package io.fourfold;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.lang.ArchRule;
import io.fourfold.kit.Aggregate;
import io.fourfold.kit.Projection;
import io.fourfold.log.Log;
import io.fourfold.orchestration.execution.Execution;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** How the system and its storage are built; each rule has something planted that it must catch. */
class ArchitectureTest {

    private static final JavaClasses PRODUCTION =
            new ClassFileImporter().importLocations(Set.of(of(Execution.class), of(Log.class)));

    private static final JavaClasses TESTS =
            new ClassFileImporter().importLocations(Set.of(of(ArchitectureTest.class)));

    private static final String[] STORAGE = {"io.fourfold.log..", "io.fourfold.telemetry..", "io.fourfold.view.."};

    private static final Set<String> BANNED_CALLS = Set.of(
            "java.time.Instant.now",
            "java.time.LocalDate.now",
            "java.util.UUID.randomUUID",
            "java.lang.Math.random",
            "java.lang.Thread.sleep",
            "java.lang.System.out",
            "java.lang.System.err",
            "java.util.Random.<init>");

    private static final Pattern BANNED_NAMES =
            Pattern.compile(".+(Impl|Service|Manager|Helper|Utils?)|(Abstract|Base|Default|I)[A-Z].*|Record");

    /** A rule, and how many of the planted classes it must catch. */
    private record Rule(String name, ArchRule rule, List<String> catches) {}

    private static final List<Rule> RULES = List.of(
            new Rule(
                    "the container is met only at the rim",
                    noClasses()
                            .that()
                            .resideOutsideOfPackages(
                                    "io.fourfold.container..", "io.fourfold.log.jpa..", "io.fourfold.view..")
                            .should()
                            .dependOnClassesThat()
                            .resideInAPackage("jakarta.."),
                    List.of("Planted$Injected")),
            new Rule(
                    "decisions and folds touch no file, network or database",
                    noClasses()
                            .that()
                            .areAssignableTo(Aggregate.class)
                            .or()
                            .areAssignableTo(Projection.class)
                            .should()
                            .dependOnClassesThat()
                            .resideInAnyPackage("java.io..", "java.nio..", "java.net..", "java.sql..", "javax.sql.."),
                    List.of("Planted$ReadsFiles")),
            new Rule(
                    "the storage does not know the system",
                    classes()
                            .that()
                            .resideInAnyPackage(STORAGE)
                            .should()
                            .onlyDependOnClassesThat(DescribedPredicate.describe(
                                    "are of the storage or not ours", ArchitectureTest::isStorageOrForeign)),
                    List.of("LooksUp")),
            new Rule(
                    "the system does not know what lies above it",
                    noClasses()
                            .that()
                            .resideOutsideOfPackages("io.fourfold.web..", "io.fourfold.dashboard..")
                            .should()
                            .dependOnClassesThat()
                            .resideInAnyPackage("io.fourfold.web..", "io.fourfold.dashboard..", "io.fourfold.cli.."),
                    List.of("Planted$KnowsItsCallers")),
            new Rule(
                    "no two packages depend on each other",
                    slices().matching("io.fourfold.(*)..").should().beFreeOfCycles(),
                    List.of("Planted$ThereAndBack")),
            new Rule(
                    "time, ids and chance are given, and nothing sleeps or prints",
                    noClasses()
                            .that()
                            .resideOutsideOfPackage("io.fourfold.container..")
                            .should()
                            .accessTargetWhere(DescribedPredicate.describe("is banned", ArchitectureTest::isBanned)),
                    List.of(
                            "Planted$AsksTheClock",
                            "Planted$AsksTheCalendar",
                            "Planted$ThrowsDice",
                            "Planted$ThrowsOtherDice",
                            "Planted$MakesDice",
                            "Planted$Sleeps",
                            "Planted$Prints",
                            "Planted$PrintsErrors")),
            new Rule(
                    "names say what a thing is",
                    noClasses().should().haveNameMatching(".*[.$](" + BANNED_NAMES + ")"),
                    List.of(
                            "Planted$LogImpl",
                            "Planted$LogService",
                            "Planted$LogManager",
                            "Planted$LogHelper",
                            "Planted$LogUtil",
                            "Planted$LogUtils",
                            "Planted$AbstractLog",
                            "Planted$BaseLog",
                            "Planted$ILog",
                            "Planted$DefaultLog",
                            "Planted$Record")));

    private static Location of(Class<?> type) {
        return Location.of(type.getProtectionDomain().getCodeSource().getLocation());
    }

    private static boolean isStorageOrForeign(JavaClass type) {
        return !type.getPackageName().startsWith("io.fourfold")
                || Stream.of(STORAGE).anyMatch(p -> type.getPackageName().startsWith(p.replace("..", "")));
    }

    private static boolean isBanned(JavaAccess<?> access) {
        return BANNED_CALLS.contains(
                access.getTargetOwner().getName() + "." + access.getTarget().getName());
    }

    @TestFactory
    Stream<DynamicTest> production() {
        return RULES.stream()
                .map(rule ->
                        DynamicTest.dynamicTest(rule.name(), () -> rule.rule().check(PRODUCTION)));
    }

    @TestFactory
    Stream<DynamicTest> everyRuleCatchesWhatWasPlanted() {
        return RULES.stream().flatMap(rule -> rule.catches().stream()
                .map(planted -> DynamicTest.dynamicTest(rule.name() + ": " + planted, () -> {
                    DescribedPredicate<JavaClass> alone = DescribedPredicate.describe(
                            "planted",
                            c -> c.getName().endsWith("." + planted)
                                    || c.getName().endsWith(".Circle"));
                    assertThat(rule.rule().evaluate(TESTS.that(alone)).hasViolation())
                            .isTrue();
                })));
    }

    @Test
    void theRulesAreAppliedToSomething() {
        assertThat(PRODUCTION.contain(Execution.class)).isTrue();
        assertThat(PRODUCTION.contain(Log.class)).isTrue();
        assertThat(PRODUCTION).hasSizeGreaterThan(300);
    }
}
