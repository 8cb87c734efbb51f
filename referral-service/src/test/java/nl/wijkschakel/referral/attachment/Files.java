package nl.wijkschakel.referral.attachment;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Files as people send them, as small as they get. */
final class Files {

    static final byte[] PDF = bytes("%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n");
    static final byte[] PNG = bytes("\u0089PNG\r\n\u001a\n0000IHDR");
    static final byte[] JPEG = bytes("\u00ff\u00d8\u00ff\u00e0JFIF");
    static final byte[] TEXT = "Beste collega, de cliënt vraagt hulp 👍".getBytes(StandardCharsets.UTF_8);
    static final byte[] WORD = zip(Map.of("[Content_Types].xml", "<Types/>", "word/document.xml", "<w:document/>"));
    static final byte[] WORD_WITH_MACROS =
            zip(Map.of("[Content_Types].xml", "<Types/>", "word/document.xml", "<w/>", "word/vbaProject.bin", "x"));
    static final byte[] SPREADSHEET = zip(Map.of("[Content_Types].xml", "<Types/>", "xl/workbook.xml", "<workbook/>"));
    static final byte[] ODT = odt(Map.of("content.xml", "<office:document-content/>"));
    static final byte[] ODT_WITH_MACROS = odt(Map.of("content.xml", "<x/>", "Basic/Standard/script-lb.xml", "<x/>"));
    static final byte[] PROGRAM = bytes("MZ\u0090\u0000\u0003");

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    static byte[] zip(Map<String, String> entries) {
        return zip(false, entries);
    }

    /** 210 MB of nothing in some 200 kB. */
    static byte[] bomb() {
        var bytes = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(bytes)) {
            zip.putNextEntry(new ZipEntry("word/document.xml"));
            var nothing = new byte[1024 * 1024];
            for (int i = 0; i < 210; i++) {
                zip.write(nothing);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static byte[] odt(Map<String, String> entries) {
        return zip(true, entries);
    }

    private static byte[] zip(boolean openDocument, Map<String, String> entries) {
        var bytes = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(bytes)) {
            if (openDocument) {
                mimetype(zip);
            }
            for (var each : entries.entrySet()) {
                zip.putNextEntry(new ZipEntry(each.getKey()));
                zip.write(each.getValue().getBytes(StandardCharsets.UTF_8));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /** First and not packed, so that it can be read at a fixed place (OpenDocument 1.3, part 2, §3.3). */
    private static void mimetype(ZipOutputStream zip) throws IOException {
        var type = bytes("application/vnd.oasis.opendocument.text");
        var entry = new ZipEntry("mimetype");
        entry.setMethod(ZipEntry.STORED);
        entry.setSize(type.length);
        var crc = new CRC32();
        crc.update(type);
        entry.setCrc(crc.getValue());
        zip.putNextEntry(entry);
        zip.write(type);
    }

    private Files() {}
}
