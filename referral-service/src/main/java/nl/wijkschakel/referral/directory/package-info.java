/** The <em>sociale kaart</em>: which organisations, teams and services there are, and where there is room. */
@NullMarked
package nl.wijkschakel.referral.directory;

import org.jspecify.annotations.NullMarked;
