@NullMarked
package nl.wijkschakel.referral.shortage;

import org.jspecify.annotations.NullMarked;
