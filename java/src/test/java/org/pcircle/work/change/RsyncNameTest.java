package org.pcircle.work.change;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RsyncNameTest {

    @Test
    void whatIsPrintedStaysAsItIs() {
        for (String name : new String[] {
            "", "plain name", "tab\tin it", "back\\slash", "\\#12", "\\#12x", "\303\251", "\360\237\230\200"
        }) {
            assertThat(escaped(name)).isEqualTo(name);
        }
    }

    @Test
    void whatIsNotIsWrittenAsItsBytes() {
        assertThat(escaped("a\nb")).isEqualTo("a\\#012b");
        assertThat(escaped("\177")).isEqualTo("\\#177");
        assertThat(escaped("\377a")).isEqualTo("\\#377a");
        assertThat(escaped("\303")).isEqualTo("\\#303");
        assertThat(escaped("\303a")).isEqualTo("\\#303a");
        assertThat(escaped("\302\205")).isEqualTo("\\#302\\#205");
        assertThat(escaped("\200\303\251")).isEqualTo("\\#200\303\251");
    }

    @Test
    void whatLooksSoIsToldApart() {
        assertThat(escaped("\\#012")).isEqualTo("\\#134#012");
    }

    private static String escaped(String bytes) {
        return new String(RsyncName.escaped(bytes.getBytes(ISO_8859_1)), ISO_8859_1);
    }
}
