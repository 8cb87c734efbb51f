@NullMarked
package nl.wijkschakel.kit.caller;

import org.jspecify.annotations.NullMarked;
