@NullMarked
package nl.wijkschakel.referral.attempt;

import org.jspecify.annotations.NullMarked;
