/** People: clients, who may see which client, and who looked. */
@NullMarked
package nl.wijkschakel.client;

import org.jspecify.annotations.NullMarked;
