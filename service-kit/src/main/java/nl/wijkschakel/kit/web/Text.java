package nl.wijkschakel.kit.web;

import jakarta.validation.Constraint;
import jakarta.validation.ConstraintValidator;
import jakarta.validation.ConstraintValidatorContext;
import jakarta.validation.Payload;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.jspecify.annotations.Nullable;

/**
 * What a person typed: something that is not only blanks, not too long, and without signs that no keyboard gives (null
 * bytes and other controls, halves of a surrogate pair). Emoji and every script are welcome. Null is left to
 * {@code @NotNull}.
 */
@Target({ElementType.FIELD, ElementType.TYPE_USE})
@Retention(RetentionPolicy.RUNTIME)
@Constraint(validatedBy = Text.Check.class)
public @interface Text {

    /** In code points. */
    int max();

    String message() default "text";

    Class<?>[] groups() default {};

    Class<? extends Payload>[] payload() default {};

    /** Says which of the rules was broken. */
    final class Check implements ConstraintValidator<Text, String> {

        private int max;

        @Override
        public void initialize(Text text) {
            max = text.max();
        }

        @Override
        public boolean isValid(@Nullable String value, ConstraintValidatorContext context) {
            var wrong = value == null ? null : wrong(value, max);
            if (wrong == null) {
                return true;
            }
            context.disableDefaultConstraintViolation();
            context.buildConstraintViolationWithTemplate(
                            String.join(Consistent.Check.SEPARATOR, "", wrong.code(), wrong.detail()))
                    .addConstraintViolation();
            return false;
        }

        /** For rules that are checked by hand: what is wrong with the text, if anything; its pointer is empty. */
        public static @Nullable FieldError wrong(String value, int max) {
            if (value.isBlank()) {
                return new FieldError("", "required", "Vul dit in.");
            }
            if (value.codePointCount(0, value.length()) > max) {
                return new FieldError("", "too-long", "Gebruik hoogstens " + max + " tekens.");
            }
            if (value.codePoints().anyMatch(Check::isUntypable)) {
                return new FieldError("", "unreadable-sign", "Er staat een teken in dat niet leesbaar is.");
            }
            return null;
        }

        private static boolean isUntypable(int sign) {
            return switch (Character.getType(sign)) {
                case Character.CONTROL -> sign != '\n' && sign != '\r' && sign != '\t';
                case Character.SURROGATE, Character.UNASSIGNED -> true;
                default -> false; // a byte, not an enum: all other kinds of sign are fine
            };
        }
    }
}
