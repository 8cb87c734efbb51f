/** What a client agreed to for one attempt, stored before the attempt is sent (DESIGN §2.6). */
@NullMarked
package nl.wijkschakel.client.agreement;

import org.jspecify.annotations.NullMarked;
