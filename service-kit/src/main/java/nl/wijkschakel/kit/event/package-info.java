@NullMarked
package nl.wijkschakel.kit.event;

import org.jspecify.annotations.NullMarked;
