/** Consent where it is the legal basis: recorded, used and withdrawn (DOMAIN P3). */
@NullMarked
package nl.wijkschakel.client.consent;

import org.jspecify.annotations.NullMarked;
