@NullMarked
package nl.wijkschakel.client.agreement;

import org.jspecify.annotations.NullMarked;
