@NullMarked
package nl.wijkschakel.client.worker;

import org.jspecify.annotations.NullMarked;
