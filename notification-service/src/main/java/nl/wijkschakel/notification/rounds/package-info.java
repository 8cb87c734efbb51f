@NullMarked
package nl.wijkschakel.notification.rounds;

import org.jspecify.annotations.NullMarked;
