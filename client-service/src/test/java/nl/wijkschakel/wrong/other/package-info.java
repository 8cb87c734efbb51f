/** What no service may look like, so that each architecture rule is seen to fail. */
@NullMarked
package nl.wijkschakel.wrong.other;

import org.jspecify.annotations.NullMarked;
