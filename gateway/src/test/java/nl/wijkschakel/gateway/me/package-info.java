@NullMarked
package nl.wijkschakel.gateway.me;

import org.jspecify.annotations.NullMarked;
