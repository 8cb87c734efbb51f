package nl.wijkschakel.notification.webhook;

import io.swagger.v3.oas.annotations.media.Schema;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.regex.Pattern;
import nl.wijkschakel.kit.web.Errors;
import org.jspecify.annotations.Nullable;

/**
 * A subscription as it is asked for.
 *
 * @param channel {@code referrals}, which is what an absent one means
 * @param authorization goes into the header {@code Authorization} of each delivery; never shown again
 */
@Schema(name = "SubscriptionForm")
record SubscriptionForm(
        @Nullable String channel,
        @Nullable String callbackUrl,
        @Nullable String authorization,
        @Nullable Wanted filters) {

    private static final int LONGEST_URL = 2_000;
    private static final int MOST_VALUES = 200;
    private static final Pattern HEADER = Pattern.compile("[\\x21-\\x7e](?:[\\x20-\\x7e]{0,1998}[\\x21-\\x7e])?");
    private static final Pattern STATUS = Pattern.compile("[A-Z][A-Z_]{0,39}");
    private static final Pattern MUNICIPALITY = Pattern.compile("[0-9]{4}");
    private static final Pattern LITERAL = Pattern.compile("[0-9.]+|\\[.*]");

    /** What is absent or empty lets everything through. */
    @Schema(name = "SubscriptionFilters")
    record Wanted(
            @Nullable List<@Nullable UUID> services,
            @Nullable List<@Nullable String> statuses,
            @Nullable List<@Nullable String> municipalities,
            @Nullable List<@Nullable UUID> organisations) {

        static Wanted of(Filters filters) {
            return new Wanted(
                    List.copyOf(filters.services()),
                    List.copyOf(filters.statuses()),
                    List.copyOf(filters.municipalities()),
                    List.copyOf(filters.organisations()));
        }
    }

    static SubscriptionForm of(Subscription it) {
        return new SubscriptionForm(
                Subscription.CHANNEL, it.target().callbackUrl(), it.target().authorization(), Wanted.of(it.filters()));
    }

    /**
     * All that is wrong with it.
     *
     * @param local on one machine: targets may be anywhere, and without encryption
     */
    SubscriptionForm checked(boolean local) {
        var errors = new Errors();
        errors.addIf(
                channel != null && !channel.equals(Subscription.CHANNEL),
                "/channel",
                "unknown-channel",
                "Kies het kanaal 'referrals'.");
        errors.required(callbackUrl != null, "/callbackUrl");
        if (callbackUrl != null) {
            checkUrl(callbackUrl, local, errors);
        }
        errors.addIf(
                authorization != null && !HEADER.matcher(authorization).matches(),
                "/authorization",
                "header",
                "Gebruik gewone letters, cijfers en leestekens.");
        if (filters != null) {
            checkEach(filters.services(), "/filters/services", null, errors);
            checkEach(filters.statuses(), "/filters/statuses", STATUS, errors);
            checkEach(filters.municipalities(), "/filters/municipalities", MUNICIPALITY, errors);
            checkEach(filters.organisations(), "/filters/organisations", null, errors);
        }
        errors.refuse();
        return this;
    }

    private static void checkUrl(String text, boolean local, Errors errors) {
        try {
            var url = new URI(text);
            boolean encrypted = "https".equals(url.getScheme());
            if (text.length() > LONGEST_URL
                    || url.getHost() == null
                    || url.getUserInfo() != null
                    || url.getFragment() != null
                    || !(encrypted || "http".equals(url.getScheme()))) {
                errors.add("/callbackUrl", "url", "Vul een webadres in dat begint met https://.");
            } else if (!local && !encrypted) {
                errors.add("/callbackUrl", "https-required", "Gebruik een adres dat begint met https://.");
            } else if (!local && isInside(url.getHost())) {
                errors.add("/callbackUrl", "not-public", "Gebruik een adres dat op het internet te bereiken is.");
            }
        } catch (URISyntaxException _) {
            errors.add("/callbackUrl", "url", "Vul een webadres in dat begint met https://.");
        }
    }

    /** What can be told at once. Where a name leads is looked at with each delivery. */
    private static boolean isInside(String host) {
        if (!LITERAL.matcher(host).matches()) {
            return host.equalsIgnoreCase("localhost") || !host.contains(".");
        }
        try {
            return !PublicAddresses.isPublic(InetAddress.ofLiteral(host));
        } catch (IllegalArgumentException _) {
            return true; // digits and dots that are no address
        }
    }

    private static void checkEach(
            @Nullable List<? extends @Nullable Object> values, String pointer, @Nullable Pattern form, Errors errors) {
        if (values == null) {
            return;
        }
        errors.addIf(values.size() > MOST_VALUES, pointer, "too-many", "Noem er hoogstens " + MOST_VALUES + ".");
        for (int index = 0; index < Math.min(values.size(), MOST_VALUES); index++) {
            var value = values.get(index);
            boolean fits = value != null
                    && (form == null || form.matcher(value.toString()).matches());
            errors.addIf(!fits, pointer + "/" + index, "unknown-value", "Deze waarde kan hier niet.");
        }
    }

    /** Once it is {@link #checked}. */
    Target target(String secret) {
        return new Target(Objects.requireNonNull(callbackUrl), authorization, secret);
    }

    Filters wanted() {
        return filters == null
                ? new Filters(List.of(), List.of(), List.of(), List.of())
                : new Filters(
                        present(filters.services()),
                        present(filters.statuses()),
                        present(filters.municipalities()),
                        present(filters.organisations()));
    }

    private static <T> List<T> present(@Nullable List<@Nullable T> values) {
        return values == null
                ? List.of()
                : values.stream().map(Objects::requireNonNull).toList();
    }
}
