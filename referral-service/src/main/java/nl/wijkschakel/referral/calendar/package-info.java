@NullMarked
package nl.wijkschakel.referral.calendar;

import org.jspecify.annotations.NullMarked;
