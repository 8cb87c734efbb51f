/** What the gateway and Keycloak have to do with each other. */
@NullMarked
package nl.wijkschakel.gateway.login;

import org.jspecify.annotations.NullMarked;
