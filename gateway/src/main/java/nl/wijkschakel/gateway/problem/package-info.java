/** How failures are told, RFC 9457 for programs and a plain page for people, and the headers that stand on every answer. */
@NullMarked
package nl.wijkschakel.gateway.problem;

import org.jspecify.annotations.NullMarked;
