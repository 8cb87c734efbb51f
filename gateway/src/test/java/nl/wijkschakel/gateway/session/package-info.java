@NullMarked
package nl.wijkschakel.gateway.session;

import org.jspecify.annotations.NullMarked;
