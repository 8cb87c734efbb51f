@NullMarked
package nl.wijkschakel.notification.webhook;

import org.jspecify.annotations.NullMarked;
