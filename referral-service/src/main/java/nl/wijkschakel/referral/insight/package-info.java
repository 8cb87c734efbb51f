/** Figures: an organisation's own in full, and those of a municipality without the few (DOMAIN P24). */
@NullMarked
package nl.wijkschakel.referral.insight;

import org.jspecify.annotations.NullMarked;
