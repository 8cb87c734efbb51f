package nl.wijkschakel.kit.web;

import org.jspecify.annotations.Nullable;

/** Which part of a list is asked: {@code ?limit=25&cursor=…}. A controller takes it as a parameter. */
public record Paging(int limit, @Nullable Cursor after) {

    private static final int USUAL = 25;
    private static final int MOST = 100;

    static Paging of(@Nullable String limit, @Nullable String cursor) {
        return new Paging(limit == null ? USUAL : limit(limit), Cursor.of(cursor));
    }

    private static int limit(String text) {
        if (text.matches("[0-9]{1,3}")) {
            int limit = Integer.parseInt(text);
            if (limit >= 1 && limit <= MOST) {
                return limit;
            }
        }
        throw new Refusal.Invalid(new Errors()
                .add("/limit", "out-of-range", "Vraag 1 tot en met " + MOST + " regels.")
                .found());
    }
}
