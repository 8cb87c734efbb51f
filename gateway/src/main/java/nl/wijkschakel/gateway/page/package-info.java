/** The few pages that the gateway makes itself, until the browser app brings its own. */
@NullMarked
package nl.wijkschakel.gateway.page;

import org.jspecify.annotations.NullMarked;
