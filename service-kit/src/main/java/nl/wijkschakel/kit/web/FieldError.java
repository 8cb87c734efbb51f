package nl.wijkschakel.kit.web;

/**
 * One thing that is wrong with a request.
 *
 * @param pointer where, as a JSON Pointer (RFC 6901); empty for the request as a whole
 * @param code stays the same whatever the words; screens may use it
 * @param detail a sentence in Dutch for the person who typed; never repeats what was typed
 */
public record FieldError(String pointer, String code, String detail) {}
