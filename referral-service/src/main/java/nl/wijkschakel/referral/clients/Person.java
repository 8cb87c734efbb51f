package nl.wijkschakel.referral.clients;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.LocalDate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A client as client-service shows them to the worker who asks; kept nowhere here. What is not for that worker is absent.
 *
 * @param bsn masked, always
 * @param destroyed nothing is known of the person any more
 */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Person(
        String number,
        String municipality,
        @Nullable Name name,
        @Nullable Bsn bsn,
        @Nullable BirthDate birthDate,
        @Nullable Address address,
        @Nullable Contact contact,
        @Nullable String language,
        @Nullable Boolean interpreterNeeded,
        @Nullable SafeContact safeContact,
        @Nullable Boolean secrecy,
        @Nullable Boolean destroyed) {

    @JsonIgnoreProperties(ignoreUnknown = true)
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Name(@Nullable String given, @Nullable String prefix, String surname) {

        public String full() {
            return Stream.of(given, prefix, surname)
                    .filter(it -> it != null && !it.isBlank())
                    .collect(Collectors.joining(" "));
        }
    }

    @JsonIgnoreProperties(ignoreUnknown = true)
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Bsn(@Nullable String masked, @Nullable String unknownBecause) {}

    @JsonIgnoreProperties(ignoreUnknown = true)
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record BirthDate(
            @Nullable LocalDate value,
            @Nullable String unknownBecause,
            @Nullable Integer estimatedAge,
            @Nullable String knownPart) {}

    @JsonIgnoreProperties(ignoreUnknown = true)
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Address(@Nullable Place value, @Nullable String unknownBecause) {}

    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Place(String street, String houseNumber, String postcode, String city) {}

    @JsonIgnoreProperties(ignoreUnknown = true)
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Contact(
            @Nullable String phone,
            @Nullable String email,
            @Nullable String preference) {}

    @JsonIgnoreProperties(ignoreUnknown = true)
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record SafeContact(boolean safe, @Nullable String agreedWay) {}

    /** Where people are, and how to call them, must not be told (DOMAIN P9, P10). */
    public boolean isGuarded() {
        return Boolean.TRUE.equals(secrecy) || (safeContact != null && !safeContact.safe());
    }
}
