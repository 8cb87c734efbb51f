/** What comes due by itself. A clock tells and never closes anything. */
@NullMarked
package nl.wijkschakel.referral.clock;

import org.jspecify.annotations.NullMarked;
