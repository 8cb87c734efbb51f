package nl.wijkschakel.referral.attempt;

import java.util.UUID;

/** Who refers: the organisation owns the referral, the team answers the phone, the worker is told what happens. */
public record Sender(UUID organisation, UUID team, UUID worker) {}
