@NullMarked
package nl.wijkschakel.gateway.page;

import org.jspecify.annotations.NullMarked;
