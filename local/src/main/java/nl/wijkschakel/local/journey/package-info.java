/** Plays stories on the running platform and checks each step: what "it works" looks like. */
@NullMarked
package nl.wijkschakel.local.journey;

import org.jspecify.annotations.NullMarked;
