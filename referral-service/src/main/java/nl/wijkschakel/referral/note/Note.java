package nl.wijkschakel.referral.note;

import java.time.Instant;
import java.util.UUID;
import nl.wijkschakel.referral.attempt.Action.Side;
import nl.wijkschakel.referral.attempt.Worker;

/**
 * What somebody wrote down for the own side of an attempt. It stays as it was written, until it is deleted.
 *
 * @param side whose it is
 */
record Note(UUID id, UUID attempt, Side side, Worker by, String text, Instant at) {}
