@NullMarked
package nl.wijkschakel.client.accesslog;

import org.jspecify.annotations.NullMarked;
