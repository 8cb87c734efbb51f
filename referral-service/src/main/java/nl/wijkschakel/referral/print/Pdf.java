package nl.wijkschakel.referral.print;

import com.openhtmltopdf.pdfboxout.PdfRendererBuilder;
import com.openhtmltopdf.util.XRLog;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;

/**
 * Paper as a PDF that a screen reader can read (PDF/UA): tagged, in Dutch, with its font inside. The font is the one that
 * comes with PDFBox; it has the letters of the BRP.
 */
final class Pdf {

    private static final String FONT = "/org/apache/pdfbox/resources/ttf/LiberationSans-Regular.ttf";

    static {
        XRLog.setLoggingEnabled(false); // it would tell what it reads (DOMAIN P7)
    }

    static byte[] of(Paper paper) {
        var bytes = new ByteArrayOutputStream();
        try {
            new PdfRendererBuilder()
                    .useFastMode()
                    .usePdfUaAccessibility(true)
                    .useFont(Pdf::font, "Liberation Sans")
                    .useUriResolver((_, _) -> null) // nothing is ever fetched
                    .withW3cDocument(paper.document(), null)
                    .toStream(bytes)
                    .run();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static InputStream font() {
        return Objects.requireNonNull(PdfRendererBuilder.class.getResourceAsStream(FONT), FONT);
    }

    private Pdf() {}
}
