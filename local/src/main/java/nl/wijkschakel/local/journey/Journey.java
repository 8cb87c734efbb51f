package nl.wijkschakel.local.journey;

import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.time.Clock;
import nl.wijkschakel.local.api.Answer.Unexpected;
import nl.wijkschakel.local.api.Platform;
import nl.wijkschakel.local.journey.Stage.Failed;

/** What {@code ./wijkschakel journey} calls: plays a referral from client to outcome on a platform that runs. */
public final class Journey {

    private static final String GATEWAY = "http://localhost:8080";
    private static final String ISSUER = "http://localhost:8180/realms/wijkschakel";

    /**
     * Ends with 0 when each step went as expected, else with 1.
     *
     * @param arguments the platform's address and its issuer's, when they are not those of {@code ./wijkschakel start}
     */
    public static void main(String[] arguments) {
        var platform = Platform.behind(
                arguments.length > 0 ? arguments[0] : GATEWAY, arguments.length > 1 ? arguments[1] : ISSUER);
        System.exit(play(platform, Clock.systemUTC(), System.out) ? 0 : 1);
    }

    /** Whether each step went as expected; the first that did not is the last that is printed. */
    public static boolean play(Platform platform, Clock clock, PrintStream out) {
        try (var stage = new Stage(out)) {
            new Loop(stage, platform, clock).play();
            stage.summarise();
            return true;
        } catch (Failed e) {
            out.println(e.report());
        } catch (Unexpected e) {
            out.println(e.getMessage());
        } catch (UncheckedIOException e) {
            out.println(e.getMessage());
            out.println("Does the platform run? ./wijkschakel start starts it.");
        }
        return false;
    }

    private Journey() {}
}
