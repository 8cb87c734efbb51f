package nl.wijkschakel.referral.attachment;

import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.ZipException;
import java.util.zip.ZipInputStream;

/** What may be attached. It is told by the content; what a name or a header says of it is not believed. */
enum FileType {
    PDF("application/pdf", "%PDF-"),
    PNG("image/png", "\u0089PNG\r\n\u001a\n"),
    JPEG("image/jpeg", "\u00ff\u00d8\u00ff"),
    WORD("application/vnd.openxmlformats-officedocument.wordprocessingml.document", "PK\u0003\u0004"),
    OPEN_DOCUMENT("application/vnd.oasis.opendocument.text", "PK\u0003\u0004"),
    TEXT("text/plain", "");

    /** So much of the beginning tells all but the two that are archives apart. */
    static final int HEAD = 4096;

    /** An archive with more than that is no letter. */
    private static final int MOST_ENTRIES = 2000;

    private static final long LARGEST_UNPACKED = 200L * 1024 * 1024;

    private static final String ODT_MIME = "mimetype" + "application/vnd.oasis.opendocument.text";

    private final String mediaType;
    /** Byte by byte, as ISO-8859-1. */
    private final String magic;

    FileType(String mediaType, String magic) {
        this.mediaType = mediaType;
        this.magic = magic;
    }

    String mediaType() {
        return mediaType;
    }

    /** By its beginning; of an archive {@link #isWhatItSeems} must be asked as well. */
    static Optional<FileType> of(byte[] head) {
        if (has(head, 30, ODT_MIME.getBytes(StandardCharsets.US_ASCII))) {
            return Optional.of(OPEN_DOCUMENT);
        }
        return Stream.of(PDF, PNG, JPEG, WORD)
                .filter(type -> has(head, 0, type.magic.getBytes(StandardCharsets.ISO_8859_1)))
                .findFirst()
                .or(() -> isText(head) ? Optional.of(TEXT) : Optional.empty());
    }

    private static boolean has(byte[] head, int at, byte[] wanted) {
        return head.length >= at + wanted.length
                && ByteBuffer.wrap(head, at, wanted.length).equals(ByteBuffer.wrap(wanted));
    }

    /** UTF-8 without control characters; a character may be cut in two at the end of the head. */
    private static boolean isText(byte[] head) {
        var decoder = StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
        var characters = CharBuffer.allocate(head.length);
        var result = decoder.decode(ByteBuffer.wrap(head), characters, head.length < HEAD);
        return head.length > 0
                && !result.isError()
                && characters.flip().chars().noneMatch(it -> Character.isISOControl(it) && "\n\r\t\f".indexOf(it) < 0);
    }

    /** Reads it through where the beginning does not say enough: a Word document without macros, and no bomb. */
    boolean isWhatItSeems(InputStream content) throws IOException {
        return switch (this) {
            case PDF, PNG, JPEG, TEXT -> true;
            case WORD -> hasParts(content, "word/document.xml");
            case OPEN_DOCUMENT -> hasParts(content, "content.xml");
        };
    }

    private static boolean hasParts(InputStream content, String needed) throws IOException {
        boolean found = false;
        int entries = 0;
        long unpacked = 0;
        try (var archive = new ZipInputStream(new StaysOpen(content))) {
            for (var entry = archive.getNextEntry(); entry != null; entry = archive.getNextEntry()) {
                var name = entry.getName();
                found |= name.equals(needed);
                unpacked += archive.skip(LARGEST_UNPACKED + 1);
                if (++entries > MOST_ENTRIES
                        || unpacked > LARGEST_UNPACKED
                        || name.contains("vbaProject")
                        || name.startsWith("Basic/")
                        || name.startsWith("Scripts/")) {
                    return false;
                }
            }
        } catch (ZipException | EOFException | IllegalArgumentException _) { // no archive after all
            return false;
        }
        return found;
    }

    /** Who opened the content closes it. */
    private static final class StaysOpen extends FilterInputStream {
        StaysOpen(InputStream content) {
            super(content);
        }

        @Override
        public void close() {}
    }
}
