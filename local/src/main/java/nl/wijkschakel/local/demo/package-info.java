/**
 * Half a year of referrals in two invented municipalities, made through the public API and so through the rules.
 * Everything in it is synthetic: what is told lies in {@code resources/demo}.
 */
@NullMarked
package nl.wijkschakel.local.demo;

import org.jspecify.annotations.NullMarked;
