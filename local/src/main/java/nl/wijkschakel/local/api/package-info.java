/** The platform as its users see it over HTTP: people with tokens, their requests, and the live stream. */
@NullMarked
package nl.wijkschakel.local.api;

import org.jspecify.annotations.NullMarked;
