package org.pcircle.fs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PathTextTest {

    @Test
    void printableTextIsShownAsItIs() {
        assertThat(PathText.shown("a b/\u00e9\u4e2d".getBytes(UTF_8))).isEqualTo("a b/\u00e9\u4e2d");
    }

    @Test
    void controlCharactersAndBackslashesAreEscaped() {
        assertThat(PathText.shown("a\nb\\\u001b[2J".getBytes(UTF_8))).isEqualTo("a\\012b\\\\\\033[2J");
    }

    @Test
    void bytesThatAreNoTextAreEscaped() {
        assertThat(PathText.shown(new byte[] {'a', (byte) 0xff, (byte) 0xc3})).isEqualTo("a\\377\\303");
        assertThat(PathText.exact(new byte[] {(byte) 0xff})).isNull();
    }
}
