@NullMarked
package nl.wijkschakel.gateway.login;

import org.jspecify.annotations.NullMarked;
