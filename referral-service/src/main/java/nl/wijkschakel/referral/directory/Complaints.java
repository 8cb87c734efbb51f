package nl.wijkschakel.referral.directory;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.media.Schema;
import java.net.URI;
import java.net.URISyntaxException;
import org.jspecify.annotations.Nullable;

/**
 * Where somebody who is not content can go; letters say it (DOMAIN §2).
 *
 * @param name of the person, desk or committee that hears complaints
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Complaints(
        String name,
        @Nullable Address address,
        @Nullable String phone,
        @Nullable String email,
        @Nullable String website) {

    /** As it was filled in. */
    @Schema(name = "ComplaintsForm")
    record Form(
            @Nullable String name,
            Address.@Nullable Form address,
            @Nullable String phone,
            @Nullable String email,
            @Nullable String website) {

        private static final int LONGEST_ADDRESS = 300;

        void check(Checks checks, String pointer) {
            checks.text(name, pointer + "/name", Checks.LONGEST_NAME);
            if (address != null) {
                address.check(checks, pointer + "/address");
            }
            checks.optionalPhone(phone, pointer + "/phone");
            checks.optionalEmail(email, pointer + "/email");
            checks.errors()
                    .addIf(
                            website != null && !isWebsite(website),
                            pointer + "/website",
                            "website",
                            "Vul een webadres in dat begint met https://.")
                    .addIf(
                            address == null && phone == null && email == null && website == null,
                            pointer,
                            "no-way",
                            "Vul ten minste één manier in om een klacht door te geven.");
        }

        private static boolean isWebsite(String text) {
            try {
                var address = new URI(text);
                return text.length() <= LONGEST_ADDRESS
                        && "https".equals(address.getScheme())
                        && address.getHost() != null
                        && address.getUserInfo() == null;
            } catch (URISyntaxException _) {
                return false;
            }
        }

        Complaints complaints() {
            return new Complaints(Checks.tidy(name), address == null ? null : address.address(), phone, email, website);
        }
    }
}
