@NullMarked
package nl.wijkschakel.notification.mail;

import org.jspecify.annotations.NullMarked;
