package nl.wijkschakel.notification;

import static com.tngtech.archunit.core.domain.JavaModifier.PUBLIC;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.List;
import java.util.Set;
import nl.wijkschakel.kit.caller.Allowed;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

class ArchitectureTest {

    private static final JavaClasses OURS = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("nl.wijkschakel.notification");

    private static final JavaClasses WRONG = new ClassFileImporter().importPackages("nl.wijkschakel.wrong");

    private static List<ArchRule> rules() {
        return List.of(
                slices().matching("nl.wijkschakel.(*).(*)..").should().beFreeOfCycles(),
                classes().that().areAnnotatedWith(RestController.class).should().notHaveModifier(PUBLIC),
                noClasses().should().callMethodWhere(readsTheTimeItself()),
                methods().that().areMetaAnnotatedWith(RequestMapping.class).should(sayWhoMayCallThem()));
    }

    @ParameterizedTest
    @MethodSource("rules")
    void isKept(ArchRule rule) {
        rule.check(OURS);
    }

    @ParameterizedTest
    @MethodSource("rules")
    void isSeenToFail(ArchRule rule) {
        assertThat(rule.evaluate(WRONG).hasViolation()).isTrue();
    }

    private static DescribedPredicate<com.tngtech.archunit.core.domain.JavaMethodCall> readsTheTimeItself() {
        return DescribedPredicate.describe("reads the time past the Clock", call -> {
            AccessTarget.MethodCallTarget target = call.getTarget();
            var isTime = target.getOwner().getPackageName().equals("java.time")
                    && target.getName().equals("now");
            var isSystem = target.getOwner().isEquivalentTo(System.class)
                    && Set.of("currentTimeMillis", "nanoTime").contains(target.getName());
            return (isTime && target.getRawParameterTypes().isEmpty()) || isSystem;
        });
    }

    private static ArchCondition<JavaMethod> sayWhoMayCallThem() {
        return new ArchCondition<>("say who may call them") {
            @Override
            public void check(JavaMethod method, ConditionEvents events) {
                var said = method.isAnnotatedWith(Allowed.class)
                        || method.getOwner().isAnnotatedWith(Allowed.class);
                events.add(new SimpleConditionEvent(method, said, method.getFullName()));
            }
        };
    }
}
