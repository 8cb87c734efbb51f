@NullMarked
package nl.wijkschakel.kit.mongo;

import org.jspecify.annotations.NullMarked;
