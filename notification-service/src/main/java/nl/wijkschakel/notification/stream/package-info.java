@NullMarked
package nl.wijkschakel.notification.stream;

import org.jspecify.annotations.NullMarked;
