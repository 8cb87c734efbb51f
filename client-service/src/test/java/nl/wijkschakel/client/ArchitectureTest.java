package nl.wijkschakel.client;

import static com.tngtech.archunit.core.domain.JavaModifier.PUBLIC;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.util.regex.Pattern;
import nl.wijkschakel.kit.caller.Allowed;
import org.junit.jupiter.api.Test;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.RequestMapping;

/** Each rule is seen to hold for the service, and to fail for the classes of {@code nl.wijkschakel.wrong}. */
class ArchitectureTest {

    private static final JavaClasses SERVICE = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("nl.wijkschakel.client");
    private static final JavaClasses WRONG = new ClassFileImporter().importPackages("nl.wijkschakel.wrong");

    @Test
    void featuresDependOnEachOtherOneWay() {
        check(slices().matching("nl.wijkschakel.(*).(*)..").should().beFreeOfCycles());
    }

    @Test
    void theModelKnowsNoSpringAndNoDatabase() {
        check(noClasses()
                .that(areModel())
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.springframework..", "com.mongodb..", "org.bson..", "org.apache.kafka.."));
    }

    @Test
    void timeComesFromTheClock() {
        check(noClasses()
                .should()
                .callMethod(Instant.class, "now")
                .orShould()
                .callMethod(LocalDate.class, "now")
                .orShould()
                .callMethod(LocalDateTime.class, "now")
                .orShould()
                .callMethod(OffsetDateTime.class, "now")
                .orShould()
                .callMethod(ZonedDateTime.class, "now")
                .orShould()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .callMethod(Clock.class, "systemUTC"));
    }

    @Test
    void eachEndpointSaysWhoMayCallIt() {
        check(methods().that().areMetaAnnotatedWith(RequestMapping.class).should(sayWhoMayCall()));
    }

    @Test
    void controllersAreNobodyElses() {
        check(classes().that().areMetaAnnotatedWith(Controller.class).should().notHaveModifier(PUBLIC));
    }

    /** What is neither a way in nor a way out: told by its name, so that a new one joins by itself. */
    private static DescribedPredicate<JavaClass> areModel() {
        return DescribedPredicate.describe(
                "are the model", it -> MODEL.matcher(it.getFullName()).matches());
    }

    private static final Pattern MODEL = Pattern.compile(
            "nl\\.wijkschakel\\.\\w+\\.\\w+\\.(Client|PersonalData|ElevenTest|SearchHashes|Visible|Grant|GrantState|Share|SharedPart|Access"
                    + "|LegalBasis|Standing|Consent|NewConsent|SharedData|OwnBasis|Agreement|NewAgreement|CoreData|ChainedEntry|Model)(\\$.*)?");

    private static ArchCondition<JavaMethod> sayWhoMayCall() {
        return new ArchCondition<>("be @Allowed, or lie in a class that is") {
            @Override
            public void check(JavaMethod method, ConditionEvents events) {
                boolean said = method.isAnnotatedWith(Allowed.class)
                        || method.getOwner().isAnnotatedWith(Allowed.class);
                events.add(new SimpleConditionEvent(method, said, method.getFullName()));
            }
        };
    }

    private static void check(ArchRule rule) {
        rule.check(SERVICE);
        assertThat(rule.evaluate(WRONG).hasViolation())
                .as("the rule sees what is wrong: %s", rule.getDescription())
                .isTrue();
    }
}
