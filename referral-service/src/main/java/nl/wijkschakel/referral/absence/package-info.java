/** Who is away, and who takes their place meanwhile. */
@NullMarked
package nl.wijkschakel.referral.absence;

import org.jspecify.annotations.NullMarked;
