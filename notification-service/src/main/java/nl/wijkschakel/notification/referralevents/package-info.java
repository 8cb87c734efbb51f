@NullMarked
package nl.wijkschakel.notification.referralevents;

import org.jspecify.annotations.NullMarked;
