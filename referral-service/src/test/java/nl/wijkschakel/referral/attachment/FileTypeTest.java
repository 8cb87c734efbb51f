package nl.wijkschakel.referral.attachment;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class FileTypeTest {

    private static List<Arguments> files() {
        return List.of(
                Arguments.of(FileType.PDF, Files.PDF),
                Arguments.of(FileType.PNG, Files.PNG),
                Arguments.of(FileType.JPEG, Files.JPEG),
                Arguments.of(FileType.WORD, Files.WORD),
                Arguments.of(FileType.OPEN_DOCUMENT, Files.ODT),
                Arguments.of(FileType.TEXT, Files.TEXT));
    }

    @ParameterizedTest
    @MethodSource("files")
    void isToldByTheContent(FileType type, byte[] file) throws IOException {
        assertThat(FileType.of(head(file))).contains(type);
        assertThat(type.isWhatItSeems(new ByteArrayInputStream(file))).isTrue();
    }

    @Test
    void whatIsNoneOfThemIsNothing() {
        for (var file : List.of(Files.PROGRAM, new byte[] {0, 1, 2}, "\u001b[31m".getBytes(StandardCharsets.UTF_8))) {
            assertThat(FileType.of(file)).isEmpty();
        }
    }

    @Test
    void aCharacterMayBeCutInTwoByTheEndOfTheHeadAndNotByThatOfTheFile() {
        var euros = "€".repeat(FileType.HEAD).getBytes(StandardCharsets.UTF_8);
        assertThat(FileType.of(head(euros))).contains(FileType.TEXT);
        assertThat(FileType.of(Arrays.copyOf(euros, 100))).isEmpty();
    }

    @Test
    void anArchiveIsReadThrough() throws IOException {
        for (var file : List.of(
                Files.WORD_WITH_MACROS,
                Files.SPREADSHEET,
                Files.zip(Map.of("a.exe", "MZ")),
                Arrays.copyOf(Files.WORD, 40))) {
            assertThat(FileType.of(head(file))).contains(FileType.WORD);
            assertThat(FileType.WORD.isWhatItSeems(new ByteArrayInputStream(file)))
                    .isFalse();
        }
        assertThat(FileType.OPEN_DOCUMENT.isWhatItSeems(new ByteArrayInputStream(Files.ODT_WITH_MACROS)))
                .isFalse();
    }

    @Test
    void aBombIsNotUnpackedToItsEnd() throws IOException {
        var bomb = Files.bomb();
        assertThat(bomb.length).isLessThan(1024 * 1024);
        assertThat(FileType.WORD.isWhatItSeems(new ByteArrayInputStream(bomb))).isFalse();
    }

    private static byte[] head(byte[] file) {
        return Arrays.copyOf(file, Math.min(file.length, FileType.HEAD));
    }
}
