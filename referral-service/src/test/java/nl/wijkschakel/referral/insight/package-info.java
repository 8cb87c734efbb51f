@NullMarked
package nl.wijkschakel.referral.insight;

import org.jspecify.annotations.NullMarked;
