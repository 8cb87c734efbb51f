@NullMarked
package nl.wijkschakel.acceptance;

import org.jspecify.annotations.NullMarked;
