/** The whole platform on one machine, for demonstration, development and the acceptance tests. */
@NullMarked
package nl.wijkschakel.local;

import org.jspecify.annotations.NullMarked;
