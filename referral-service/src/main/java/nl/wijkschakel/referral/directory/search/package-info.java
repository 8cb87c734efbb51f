/** Finds the services for a question and says in words why, and what to mind. */
@NullMarked
package nl.wijkschakel.referral.directory.search;

import org.jspecify.annotations.NullMarked;
