@NullMarked
package nl.wijkschakel.kit.web;

import org.jspecify.annotations.NullMarked;
