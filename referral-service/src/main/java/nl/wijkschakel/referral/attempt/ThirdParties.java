package nl.wijkschakel.referral.attempt;

import jakarta.validation.constraints.NotNull;
import nl.wijkschakel.kit.web.Text;

/**
 * What names others than the client, in a field of its own: never in the client's copy, and for the other side only
 * where who wrote it says that safety needs it (DOMAIN P20).
 *
 * @param neededForSafety <em>nodig voor de veiligheid</em>: the other side sees it after the claim
 */
public record ThirdParties(@NotNull @Text(max = LONG) String text, boolean neededForSafety) {

    private static final int LONG = 4000;
}
