@NullMarked
package nl.wijkschakel.gateway.route;

import org.jspecify.annotations.NullMarked;
