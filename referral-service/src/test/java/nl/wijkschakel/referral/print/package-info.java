@NullMarked
package nl.wijkschakel.referral.print;

import org.jspecify.annotations.NullMarked;
