/** The browser's session and its tokens, in MongoDB, equal for all replicas. */
@NullMarked
package nl.wijkschakel.gateway.session;

import org.jspecify.annotations.NullMarked;
