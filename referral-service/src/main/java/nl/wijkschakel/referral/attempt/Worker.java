package nl.wijkschakel.referral.attempt;

import java.util.UUID;

/** A professional, as the other side may know them. */
public record Worker(UUID person, String name) {}
