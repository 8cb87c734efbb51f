/** What one side of an attempt writes for itself; the other never sees it. */
@NullMarked
package nl.wijkschakel.referral.note;

import org.jspecify.annotations.NullMarked;
