@NullMarked
package nl.wijkschakel.notification.clientevents;

import org.jspecify.annotations.NullMarked;
