@NullMarked
package nl.wijkschakel.servers;

import org.jspecify.annotations.NullMarked;
