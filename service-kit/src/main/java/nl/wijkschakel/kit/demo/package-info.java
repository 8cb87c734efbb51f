@NullMarked
package nl.wijkschakel.kit.demo;

import org.jspecify.annotations.NullMarked;
