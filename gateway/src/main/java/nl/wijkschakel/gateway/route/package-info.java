/** The ways to the services, and what stands guard along them. */
@NullMarked
package nl.wijkschakel.gateway.route;

import org.jspecify.annotations.NullMarked;
