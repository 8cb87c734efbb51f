/** The people it is about: registered, found, read and changed by the organisation they belong to. */
@NullMarked
package nl.wijkschakel.client.client;

import org.jspecify.annotations.NullMarked;
