@NullMarked
package nl.wijkschakel.kit.outbox;

import org.jspecify.annotations.NullMarked;
