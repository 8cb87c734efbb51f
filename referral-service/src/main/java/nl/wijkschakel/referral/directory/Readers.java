package nl.wijkschakel.referral.directory;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import nl.wijkschakel.kit.caller.Allowed;
import nl.wijkschakel.kit.caller.Role;

/** Everybody with a role: the directory holds nothing about clients. */
@Allowed({
    Role.WIJKTEAM_WORKER,
    Role.SPECIALIST,
    Role.COORDINATOR,
    Role.FUNCTIONAL_ADMIN,
    Role.PRIVACY_OFFICER,
    Role.POLICY_OFFICER,
    Role.IT_ADMIN
})
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
public @interface Readers {}
