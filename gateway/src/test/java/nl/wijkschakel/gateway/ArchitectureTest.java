package nl.wijkschakel.gateway;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Clock;
import java.util.Set;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.RestController;

@AnalyzeClasses(packages = "nl.wijkschakel.gateway", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    private static final Set<String> CLOCKS = Set.of(
            "java.time.Instant",
            "java.time.LocalDate",
            "java.time.LocalTime",
            "java.time.LocalDateTime",
            "java.time.ZonedDateTime",
            "java.time.OffsetDateTime");

    @ArchTest
    static final ArchRule TIME_COMES_FROM_THE_CLOCK = noClasses()
            .should()
            .accessTargetWhere(describe(
                    "reads the time by itself", call -> isNow(call.getTarget()) || isSystemTime(call.getTarget())));

    @ArchTest
    static final ArchRule ONE_CLOCK_IS_MADE = noClasses()
            .that()
            .doNotHaveSimpleName("GatewayApplication")
            .should()
            .accessTargetWhere(describe(
                    "makes a clock",
                    call -> call.getTargetOwner().isEquivalentTo(Clock.class)
                            && call.getTarget().getName().startsWith("system")));

    @ArchTest
    static final ArchRule CONTROLLERS_ARE_NOBODY_ELSES = classes()
            .that()
            .areAnnotatedWith(RestController.class)
            .or()
            .areAnnotatedWith(Controller.class)
            .should()
            .bePackagePrivate();

    @ArchTest
    static final ArchRule PACKAGES_DEPEND_ONE_WAY =
            slices().matching("nl.wijkschakel.gateway.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule PACKAGES_DO_NOT_KNOW_THE_APPLICATION = noClasses()
            .that(resideInAPackage("nl.wijkschakel.gateway.*"))
            .should()
            .dependOnClassesThat(resideInAPackage("nl.wijkschakel.gateway"));

    @ArchTest
    static final ArchRule THE_STORE_IS_KNOWN_TO_THE_SESSIONS_ALONE = noClasses()
            .that(resideInAPackage("nl.wijkschakel.gateway..")
                    .and(describe(
                            "are not of the sessions",
                            it -> !it.getPackageName().endsWith(".session")
                                    && !it.getPackageName().endsWith(".problem"))))
            .should()
            .dependOnClassesThat(resideInAPackage("com.mongodb.."));

    private static boolean isNow(AccessTarget target) {
        return CLOCKS.contains(target.getOwner().getName()) && target.getName().equals("now");
    }

    private static boolean isSystemTime(AccessTarget target) {
        return target.getOwner().isEquivalentTo(System.class)
                && (target.getName().equals("currentTimeMillis")
                        || target.getName().equals("nanoTime"));
    }
}
