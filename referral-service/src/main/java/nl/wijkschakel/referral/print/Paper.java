package nl.wijkschakel.referral.print;

import java.util.List;
import java.util.Objects;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

/** What stands on paper, from top to bottom. It is a tree, so what people typed can never become markup. */
final class Paper {

    private static final String STYLE = """
            @page { size: A4; margin: 24mm 25mm 22mm 25mm;
                    @bottom-right { content: counter(page) " / " counter(pages); font: 9pt 'Liberation Sans'; } }
            body { font: 11pt 'Liberation Sans'; line-height: 1.5; color: #000; }
            h1 { font-size: 17pt; font-weight: normal; line-height: 1.25; margin: 8mm 0 4mm 0; }
            h2 { font-size: 13pt; font-weight: normal; margin: 6mm 0 1mm 0; page-break-after: avoid; }
            p, li, td { white-space: pre-line; }
            p { margin: 0 0 3mm 0; }
            ul { margin: 0 0 3mm 0; padding-left: 6mm; }
            .quote { margin-left: 6mm; }
            .fact { margin-bottom: 1mm; }
            """;

    private final Document document;
    private final Element body;

    Paper(String title) {
        try {
            document = DocumentBuilderFactory.newDefaultInstance()
                    .newDocumentBuilder()
                    .newDocument();
        } catch (ParserConfigurationException e) {
            throw new IllegalStateException(e);
        }
        var html = document.createElement("html");
        html.setAttribute("lang", "nl");
        document.appendChild(html);
        var head = within(html, "head");
        within(head, "title").setTextContent(title);
        var subject = within(head, "meta");
        subject.setAttribute("name", "subject");
        subject.setAttribute("content", title);
        within(head, "style").setTextContent(STYLE);
        body = within(html, "body");
    }

    Paper title(String text) {
        return add("h1", text);
    }

    Paper heading(String text) {
        return add("h2", text);
    }

    Paper text(String text) {
        return add("p", text);
    }

    /** In somebody's own words. */
    Paper quote(String text) {
        var quoted = within(body, "p");
        quoted.setAttribute("class", "quote");
        quoted.setTextContent("“" + text + "”");
        return this;
    }

    Paper list(List<String> items) {
        if (!items.isEmpty()) {
            var list = within(body, "ul");
            items.forEach(it -> within(list, "li").setTextContent(it));
        }
        return this;
    }

    /** A line that says what it is about; none where there is nothing. */
    Paper fact(String name, @Nullable String value) {
        if (value != null && !value.isBlank()) {
            var line = within(body, "p");
            line.setAttribute("class", "fact");
            line.setTextContent(name + ": " + value);
        }
        return this;
    }

    private Paper add(String element, String text) {
        within(body, element).setTextContent(Objects.requireNonNull(text, element));
        return this;
    }

    private Element within(Element parent, String name) {
        var child = document.createElement(name);
        parent.appendChild(child);
        return child;
    }

    Document document() {
        return document;
    }
}
