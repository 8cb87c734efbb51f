@NullMarked
package nl.wijkschakel.referral.clock;

import org.jspecify.annotations.NullMarked;
