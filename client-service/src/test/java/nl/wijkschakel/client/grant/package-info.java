@NullMarked
package nl.wijkschakel.client.grant;

import org.jspecify.annotations.NullMarked;
