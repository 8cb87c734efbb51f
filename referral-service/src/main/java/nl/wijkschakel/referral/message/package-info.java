/** What the two sides of an attempt write to each other. */
@NullMarked
package nl.wijkschakel.referral.message;

import org.jspecify.annotations.NullMarked;
