/** Who looked at whose data: the chained log of all services (DESIGN §2.11, NEN 7513). */
@NullMarked
package nl.wijkschakel.client.accesslog;

import org.jspecify.annotations.NullMarked;
