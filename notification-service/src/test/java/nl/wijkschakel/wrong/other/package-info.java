/** Breaks each rule of the architecture, so that the rules are seen to fail. */
@NullMarked
package nl.wijkschakel.wrong.other;

import org.jspecify.annotations.NullMarked;
