package org.pcircle.cli.console;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Chars;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;

class LineStreamTest {

    private final List<String> pieces = new ArrayList<>();
    private final LineStream stream = new LineStream(piece -> pieces.add(new String(piece, UTF_8)));

    @Property
    void piecesAreWholeLinesAndTogetherWhatWasWritten(
            @ForAll @Size(max = 20) List<@Chars({'a', '\n'}) @StringLength(max = 5000) String> written) {
        List<String> handedOn = new ArrayList<>();
        LineStream lines = new LineStream(piece -> handedOn.add(new String(piece, UTF_8)));
        for (String text : written) {
            lines.write(text.getBytes(UTF_8), 0, text.length());
        }
        lines.complete();
        String all = String.join("", written);
        assertThat(handedOn).allMatch(piece -> piece.endsWith("\n"));
        assertThat(String.join("", handedOn)).isEqualTo(all.isEmpty() || all.endsWith("\n") ? all : all + "\n");
    }

    @Test
    void aFlushHandsOnNoPartOfALine() {
        byte[] text = "one\ntw".getBytes(UTF_8);
        stream.write(text, 0, text.length);
        stream.flush();
        assertThat(pieces).containsExactly("one\n");
        stream.write('o');
        stream.close();
        assertThat(pieces).containsExactly("one\n", "two\n");
    }
}
