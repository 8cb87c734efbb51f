package nl.wijkschakel.referral.colleague;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * Somebody who works for an organisation.
 *
 * @param roles what they do there, by their last token and as they stand in it
 * @param seenAt when they last worked here, within some hours
 */
public record Colleague(UUID person, String name, List<String> roles, Instant seenAt) {}
