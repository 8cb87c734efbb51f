package nl.wijkschakel.gateway.route;

import org.springframework.web.servlet.function.RequestPredicate;

/**
 * The addresses that are passed on: {@code /api/<service>/v1/…} in plain characters. The address is taken as it was sent,
 * so that there is nothing in it that a service could read otherwise than we do: no escapes, no parameters, no empty
 * segments, no dots that climb. Ids, numbers and nouns need none of that.
 */
final class ApiPath {

    private ApiPath() {}

    static RequestPredicate of(String service) {
        var prefix = "/api/" + service + "/v1/";
        return request -> {
            var path = request.servletRequest().getRequestURI();
            return path.startsWith(prefix) && isPlain(path, prefix.length());
        };
    }

    private static boolean isPlain(String path, int from) {
        var before = '/';
        for (int i = from; i < path.length(); i++) {
            var c = path.charAt(i);
            var plain = isWord(c) || c == '/' || c == '.';
            var emptyOrHidden = before == '/' && (c == '/' || c == '.');
            if (!plain || emptyOrHidden) {
                return false;
            }
            before = c;
        }
        return before != '/'; // a trailing slash is another address, and not one of ours (NL API Design Rules)
    }

    private static boolean isWord(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
    }
}
