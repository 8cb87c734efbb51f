package nl.wijkschakel.local.demo;

import java.util.List;
import java.util.Map;
import tools.jackson.core.type.TypeReference;

/**
 * What workers write beside the story itself, with places to fill in, see {@link Wording}; several ways to say each.
 *
 * @param returnNotes by the reason of a return
 * @param noAdvice why there is no other service to name
 * @param putBack by reason; so {@code withdrawal}, and {@code feedback} by outcome
 * @param heardFrom from whom a receiver heard an answer
 * @param noRequest what a client says who asks for nothing; {@code legitimation} why it is sent all the same
 * @param exception why it is sent without agreement
 * @param otherBasis why another legal basis holds than the service's own; {@code danger} in a crisis
 * @param again why the same service is asked for the same client once more
 */
record Words(
        Map<String, List<String>> returnNotes,
        List<String> noAdvice,
        List<String> whatChanged,
        Map<String, List<String>> putBack,
        Map<String, List<String>> withdrawal,
        List<String> cannotShare,
        List<String> heardFrom,
        List<String> noRequest,
        List<String> legitimation,
        List<String> exception,
        List<String> otherBasis,
        List<String> danger,
        String again,
        Map<String, List<String>> feedback,
        List<String> aftercare,
        List<String> stepDown) {

    static Words all() {
        return Resource.read("words.json", new TypeReference<>() {});
    }
}
