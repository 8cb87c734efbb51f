/** A real mongod and a real Kafka broker as child processes, for the tests and for the platform on one machine. */
@NullMarked
package nl.wijkschakel.servers;

import org.jspecify.annotations.NullMarked;
