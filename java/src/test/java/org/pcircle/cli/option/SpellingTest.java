package org.pcircle.cli.option;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SpellingTest {

    private static final List<String> WORDS =
            List.of("--exclude", "--exclude-from", "--chunk-size", "--signature", "--threads", "--stats", "--sparse");

    @ParameterizedTest
    @CsvSource({
        "--thread, --threads",
        "--threds, --threads",
        "--htreads, --threads",
        "--chunk_size, --chunk-size",
        "--chunk, --chunk-size",
        "--sig, --signature",
        "--exclud, --exclude",
        "--stat, --stats",
    })
    void theNearestWordIsMeant(String typed, String meant) {
        assertThat(Spelling.hint(typed, WORDS)).isEqualTo("; did you mean " + meant + "?");
    }

    @ParameterizedTest
    @CsvSource({"--frobnicate", "--e", "--", "''"})
    void farFromAllWordsNoneIsMeant(String typed) {
        assertThat(Spelling.hint(typed, WORDS)).isEmpty();
    }

    @Test
    void lettersAreExchangedAddedLeftOutAndChanged() {
        assertThat(Spelling.slips("ab", "ba")).isEqualTo(1);
        assertThat(Spelling.slips("ab", "abc")).isEqualTo(1);
        assertThat(Spelling.slips("abc", "ac")).isEqualTo(1);
        assertThat(Spelling.slips("abc", "axc")).isEqualTo(1);
        assertThat(Spelling.slips("kitten", "sitting")).isEqualTo(3);
        assertThat(Spelling.slips("", "abc")).isEqualTo(3);
    }

    @Property
    void slipsAreTheSameBothWaysAndNoMoreThanLetters(
            @ForAll @StringLength(max = 12) @AlphaChars String a,
            @ForAll @StringLength(max = 12) @AlphaChars String b) {
        assertThat(Spelling.slips(a, b))
                .isEqualTo(Spelling.slips(b, a))
                .isBetween(Math.abs(a.length() - b.length()), Math.max(a.length(), b.length()));
        assertThat(Spelling.slips(a, b) == 0).isEqualTo(a.equals(b));
    }

    @Property
    void oneSlipIsForgiven(@ForAll @StringLength(min = 4, max = 12) @AlphaChars String word, @ForAll int place) {
        int at = Math.floorMod(place, word.length());
        String typed = word.substring(0, at) + word.substring(at + 1);
        Assume.that(!typed.equals(word));
        assertThat(Spelling.nearest(typed, List.of(word))).isEqualTo(word);
    }
}
