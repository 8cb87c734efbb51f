package nl.wijkschakel.kit.web;

import jakarta.validation.Constraint;
import jakarta.validation.ConstraintValidator;
import jakarta.validation.ConstraintValidatorContext;
import jakarta.validation.Payload;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The fields of a body fit together, as its {@link Checked#check} says: so rules over several fields are named in the
 * same answer as those over one.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Constraint(validatedBy = Consistent.Check.class)
public @interface Consistent {

    String message() default "inconsistent";

    Class<?>[] groups() default {};

    Class<? extends Payload>[] payload() default {};

    /** A body with rules over several fields. Fields may still be missing when it is asked. */
    interface Checked {
        void check(Errors errors);
    }

    /** Passes each error on as a violation; {@link Problems} takes it apart again. */
    final class Check implements ConstraintValidator<Consistent, Checked> {

        /** Between pointer, code and sentence; it occurs in none of them. */
        static final String SEPARATOR = "\u001f";

        @Override
        public boolean isValid(Checked body, ConstraintValidatorContext context) {
            var errors = new Errors();
            body.check(errors);
            context.disableDefaultConstraintViolation();
            for (var error : errors.found()) {
                var message = String.join(SEPARATOR, error.pointer(), error.code(), error.detail());
                context.buildConstraintViolationWithTemplate(escaped(message)).addConstraintViolation();
            }
            return errors.found().isEmpty();
        }

        /** A message is a template; ours is plain text, and is taken so. */
        private static String escaped(String message) {
            return message.replace("{", "\\{").replace("$", "\\$");
        }

        static String unescaped(String message) {
            return message.replace("\\{", "{").replace("\\$", "$");
        }
    }
}
