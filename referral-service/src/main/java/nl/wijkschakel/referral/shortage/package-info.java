/** What was looked for and is not there (DOMAIN §3: a bottleneck that nobody counts stays). It tells of no client. */
@NullMarked
package nl.wijkschakel.referral.shortage;

import org.jspecify.annotations.NullMarked;
