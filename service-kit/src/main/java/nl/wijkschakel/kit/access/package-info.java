@NullMarked
package nl.wijkschakel.kit.access;

import org.jspecify.annotations.NullMarked;
