/** How failures are told: RFC 9457 for programs, a plain page for people. */
@NullMarked
package nl.wijkschakel.gateway.problem;

import org.jspecify.annotations.NullMarked;
