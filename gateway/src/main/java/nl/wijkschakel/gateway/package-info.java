/** The one door to the platform: login, browser sessions, routes, limits, headers. It knows nothing of referrals. */
@NullMarked
package nl.wijkschakel.gateway;

import org.jspecify.annotations.NullMarked;
