@NullMarked
package nl.wijkschakel.referral.attachment;

import org.jspecify.annotations.NullMarked;
