@NullMarked
package nl.wijkschakel.notification.notification;

import org.jspecify.annotations.NullMarked;
