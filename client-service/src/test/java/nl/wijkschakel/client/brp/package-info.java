@NullMarked
package nl.wijkschakel.client.brp;

import org.jspecify.annotations.NullMarked;
