/** What is attached to a referral or an attempt: kept sealed, shown as the attempt is. */
@NullMarked
package nl.wijkschakel.referral.attachment;

import org.jspecify.annotations.NullMarked;
