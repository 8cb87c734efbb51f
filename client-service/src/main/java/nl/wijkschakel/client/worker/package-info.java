/** Accounts of professionals: who they are and for whom they work is Keycloak's, in which teams is ours. */
@NullMarked
package nl.wijkschakel.client.worker;

import org.jspecify.annotations.NullMarked;
