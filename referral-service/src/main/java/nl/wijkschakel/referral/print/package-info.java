/** What leaves the platform on paper or as a file: letters, and a referral as its receiver keeps it. */
@NullMarked
package nl.wijkschakel.referral.print;

import org.jspecify.annotations.NullMarked;
