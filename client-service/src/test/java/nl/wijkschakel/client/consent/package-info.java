@NullMarked
package nl.wijkschakel.client.consent;

import org.jspecify.annotations.NullMarked;
