package nl.wijkschakel.referral;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.properties.CanBeAnnotated;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.time.Clock;
import java.time.Instant;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import nl.wijkschakel.kit.caller.Allowed;
import nl.wijkschakel.kit.caller.Role;
import org.bson.Document;
import org.junit.jupiter.api.Test;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** The rules of the house that no compiler keeps; each is seen to fail on something that breaks it. */
class ArchitectureTest {

    private static final JavaClasses SERVICE = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("nl.wijkschakel.referral");

    /** What the domain says, with all that is nested in it. */
    private static final Set<String> MODEL = Stream.of(
                    "absence.Absence",
                    "attempt.Action",
                    "attempt.Actor",
                    "attempt.Alarm",
                    "attempt.Attempt",
                    "attempt.AttemptState",
                    "attempt.Change",
                    "attempt.Clocks",
                    "attempt.Core",
                    "attempt.Due",
                    "attempt.HistoryEntry",
                    "attempt.Inbox",
                    "attempt.Question",
                    "attempt.Request",
                    "attempt.Sender",
                    "attempt.Status",
                    "attempt.ThirdParties",
                    "attempt.Worker",
                    "calendar.Term",
                    "calendar.TermDays",
                    "calendar.Terms",
                    "calendar.WorkingDays",
                    "colleague.Colleague",
                    "directory.Address",
                    "directory.Capacity",
                    "directory.Complaints",
                    "directory.LegalBasis",
                    "directory.Organisation",
                    "directory.Service",
                    "directory.Team",
                    "directory.Theme",
                    "directory.Urgency",
                    "insight.Days",
                    "insight.Facts",
                    "insight.OwnFigures",
                    "insight.PolicyFigures",
                    "insight.Tally",
                    "message.Message",
                    "note.Note",
                    "referral.Content",
                    "referral.Referral",
                    "shortage.AgeGroup",
                    "shortage.Figures",
                    "shortage.Quarter",
                    "shortage.Shortage")
            .map(it -> "nl.wijkschakel.referral." + it)
            .collect(Collectors.toSet());

    @Test
    void featuresHaveNoCycles() {
        slices().matching("nl.wijkschakel.referral.(*)..")
                .should()
                .beFreeOfCycles()
                .check(SERVICE);
    }

    @Test
    void theModelKnowsNeitherSpringNorTheDriver() {
        var rule = free(describe("the model", it -> MODEL.contains(outermost(it))));
        rule.check(SERVICE);
        assertThat(SERVICE.stream().map(JavaClass::getName))
                .as("a rule on nothing")
                .containsAll(MODEL);
        failsOn(free(DescribedPredicate.alwaysTrue()), Stored.class);
    }

    private static ArchRule free(DescribedPredicate<JavaClass> model) {
        return noClasses()
                .that(model)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.springframework..", "com.mongodb..", "org.bson..", "org.apache.kafka..");
    }

    private static String outermost(JavaClass type) {
        return type.getEnclosingClass().map(ArchitectureTest::outermost).orElse(type.getName());
    }

    @Test
    void timeComesFromTheClock() {
        var rule = noClasses()
                .should()
                .callMethodWhere(describe("asks the machine's own clock", ArchitectureTest::asksTheMachine))
                .orShould()
                .callConstructor(java.util.Date.class);
        rule.check(SERVICE);
        failsOn(rule, Hasty.class);
        failsOn(rule, ClockOfItsOwn.class);
    }

    private static boolean asksTheMachine(JavaCall<?> call) {
        var owner = call.getTargetOwner();
        var name = call.getName();
        boolean given = call.getTarget().getRawParameterTypes().stream().anyMatch(it -> it.isEquivalentTo(Clock.class));
        return (owner.getPackageName().equals("java.time") && name.equals("now") && !given)
                || (owner.isEquivalentTo(Clock.class) && (name.startsWith("system") || name.startsWith("tick")))
                || (owner.isEquivalentTo(System.class) && name.equals("currentTimeMillis"));
    }

    @Test
    void everyEndpointSaysWhoMay() {
        var rule = methods()
                .that()
                .areMetaAnnotatedWith(RequestMapping.class)
                .should(saySomehow())
                .because("DOMAIN P25: the check comes before anything is looked up");
        rule.check(SERVICE);
        failsOn(rule, OpenToTheWorld.class);
        assertThat(rule.evaluate(new ClassFileImporter().importClasses(OpenToSome.class))
                        .hasViolation())
                .isFalse();
    }

    private static ArchCondition<JavaMethod> saySomehow() {
        return new ArchCondition<>("say who may, by themselves or by their class") {
            @Override
            public void check(JavaMethod method, ConditionEvents events) {
                boolean said = saysWho(method) || saysWho(method.getOwner());
                events.add(new SimpleConditionEvent(method, said, method.getFullName()));
            }
        };
    }

    private static boolean saysWho(CanBeAnnotated part) {
        return part.isAnnotatedWith(Allowed.class) || part.isMetaAnnotatedWith(Allowed.class);
    }

    @Test
    void controllersAreNobodyElses() {
        var rule = classes()
                .that()
                .areAnnotatedWith(RestController.class)
                .should()
                .notBePublic()
                .andShould()
                .haveSimpleNameEndingWith("Controller");
        rule.check(SERVICE);
        failsOn(rule, OpenToTheWorld.class);
    }

    @Test
    void onlyTheWayToClientServiceKnowsOfBreakers() {
        var rule = noClasses()
                .that()
                .resideOutsideOfPackage("nl.wijkschakel.referral.clients")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.github.resilience4j..");
        rule.check(SERVICE);
        failsOn(rule, WithABreaker.class);
    }

    @Test
    void namesSayWhatSomethingIs() {
        var rule = noClasses().should().haveNameMatching(".*(Impl|Util|Utils|Manager|Repository|Helper|Dto|DTO)");
        rule.check(SERVICE);
        failsOn(rule, ThingHelper.class);
    }

    private static void failsOn(ArchRule rule, Class<?> broken) {
        assertThat(rule.evaluate(new ClassFileImporter().importClasses(broken)).hasViolation())
                .as(broken.getSimpleName())
                .isTrue();
    }

    record Stored(Document document) {}

    static final class Hasty {
        Instant now() {
            return Instant.now();
        }
    }

    static final class ClockOfItsOwn {
        Instant now() {
            return Clock.systemUTC().instant();
        }
    }

    @RestController
    public static final class OpenToTheWorld {
        @GetMapping("/open")
        String open() {
            return "";
        }
    }

    @RestController
    static final class OpenToSome {
        @GetMapping("/some")
        @Allowed(Role.SPECIALIST)
        String some() {
            return "";
        }
    }

    record WithABreaker(io.github.resilience4j.circuitbreaker.CircuitBreaker breaker) {}

    record ThingHelper() {}
}
