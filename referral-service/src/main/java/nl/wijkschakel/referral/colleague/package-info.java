/** Who works for an organisation, as far as this service knows: those who came by. */
@NullMarked
package nl.wijkschakel.referral.colleague;

import org.jspecify.annotations.NullMarked;
