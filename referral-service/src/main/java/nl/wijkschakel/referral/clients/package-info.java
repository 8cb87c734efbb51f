@NullMarked
package nl.wijkschakel.referral.clients;

import org.jspecify.annotations.NullMarked;
