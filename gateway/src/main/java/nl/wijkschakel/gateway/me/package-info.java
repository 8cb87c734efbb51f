/** Who is working, and for which organisation. */
@NullMarked
package nl.wijkschakel.gateway.me;

import org.jspecify.annotations.NullMarked;
