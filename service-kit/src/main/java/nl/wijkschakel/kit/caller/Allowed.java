package nl.wijkschakel.kit.caller;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Who may call an endpoint at all; a method's wins over its class's. Without one nobody may: the check comes before
 * anything is read or looked up (DOMAIN P25). Which records a caller may see is part of each query.
 */
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
public @interface Allowed {

    /** One of these roles, at the chosen organisation or at a municipality. */
    Role[] value() default {};

    /** Services that may call for themselves, by the name in their token. */
    String[] services() default {};

    /** Everybody who is logged in. */
    boolean anyone() default false;
}
