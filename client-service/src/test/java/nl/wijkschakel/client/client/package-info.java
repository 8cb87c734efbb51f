@NullMarked
package nl.wijkschakel.client.client;

import org.jspecify.annotations.NullMarked;
