/** What the receiver of an attempt may see of its client now (DESIGN §2.7). */
@NullMarked
package nl.wijkschakel.client.grant;

import org.jspecify.annotations.NullMarked;
