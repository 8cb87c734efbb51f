@NullMarked
package nl.wijkschakel.kit.seal;

import org.jspecify.annotations.NullMarked;
