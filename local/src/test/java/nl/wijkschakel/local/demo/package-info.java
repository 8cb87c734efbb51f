@NullMarked
package nl.wijkschakel.local.demo;

import org.jspecify.annotations.NullMarked;
