@NullMarked
package nl.wijkschakel.gateway.problem;

import org.jspecify.annotations.NullMarked;
