@NullMarked
package nl.wijkschakel.referral.referral;

import org.jspecify.annotations.NullMarked;
