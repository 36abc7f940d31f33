package org.pcircle.plan;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Chars;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pcircle.wire.MalformedMessageException;

/** What patterns match is held against rsync in {@link FilterIT}. */
class FilterTest {

    @Test
    void theFirstRuleThatMatchesDecides() throws Exception {
        Filter filter = filter("+ *.c", "- *", "+ *.h");

        assertThat(excluded(filter, "a.c", "a.h", "b/c.c")).containsExactly(false, true, false);
    }

    @Test
    void aSignSaysWhichWhateverTheOption() throws Exception {
        assertThat(excluded(new Filter.Builder().add(true, bytes("- a")).build(), "a"))
                .containsExactly(true);
    }

    @Test
    void anExclamationMarkForgetsTheRulesBefore() throws Exception {
        assertThat(excluded(filter("- a", "!", "- b"), "a", "b")).containsExactly(false, true);
        assertThat(filter("- a", "!").isEmpty()).isTrue();
    }

    @Test
    void linesAreRulesButForCommentsAndEmptyOnes() throws Exception {
        Filter filter = new Filter.Builder()
                .addLines(false, bytes("# a\n; b\n\n+ keep\nk*\r\n"))
                .build();

        assertThat(excluded(filter, "keep", "kill", "# a", "; b")).containsExactly(false, true, false, false);
    }

    @Test
    void oneSignIsTakenOffAndNoMoreAlsoWhereRulesAreSent() throws Exception {
        Filter filter = sent(filter("- + f", "- - g", "- !", "+ h", "- *"));

        assertThat(excluded(filter, "+ f", "f", "- g", "!", "h")).containsExactly(true, true, true, true, false);
        assertThat(excluded(sent(filter("- + f", "- - g", "- !")), "+ f", "f", "- g", "g", "!"))
                .containsExactly(true, false, true, false, true);
    }

    @Test
    void aSignWithoutAPatternIsRefused() {
        assertThatThrownBy(() -> filter("- "))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("missing");
        assertThatThrownBy(() -> filter("+ ")).isInstanceOf(UsageException.class);
    }

    @Test
    void whiteSpaceBelongsToThePatternAndAnyLineEndEndsIt() throws Exception {
        Filter filter = new Filter.Builder()
                .addLines(false, bytes("a \n b\rc\r\n\n \n"))
                .build();

        assertThat(excluded(filter, "a ", "a", " b", "b", "c", " "))
                .containsExactly(true, false, true, false, true, true);
    }

    @Test
    void anEmptyPatternIsNone() throws Exception {
        assertThat(filter("").isEmpty()).isTrue();
    }

    @Test
    void aBackslashAtTheEndMatchesNothingWhereThereAreWildcards() throws Exception {
        assertThat(excluded(filter("*b\\"), "b\\", "b", "ab\\")).containsOnly(false);
        assertThat(excluded(filter("b\\"), "b\\", "b")).containsExactly(true, false);
    }

    private static Filter sent(Filter filter) throws MalformedMessageException {
        ByteBuffer bytes = ByteBuffer.allocate(filter.encodedBytes());
        filter.write(bytes);
        return Filter.read(bytes.flip());
    }

    @Property
    void anyBytesArePattern(
            @ForAll
                    @StringLength(max = 12)
                    @Chars({'*', '?', '[', ']', '!', '^', '-', '\\', '/', ':', 'a', '&', '\n', '\u00ff'})
                    String pattern,
            @ForAll @StringLength(min = 1, max = 8) @Chars({'a', '/', '[', ']', '-', '\\', '\n', '\u00ff'}) String path)
            throws Exception {
        Filter filter = new Filter.Builder().add(false, bytes(pattern)).build();

        assertThat(filter.excludes(bytes(path), true)).isIn(true, false);
    }

    private static Filter filter(String... rules) throws UsageException {
        Filter.Builder filter = new Filter.Builder();
        for (String rule : rules) {
            filter.add(false, bytes(rule));
        }
        return filter.build();
    }

    private static List<Boolean> excluded(Filter filter, String... paths) {
        return List.of(paths).stream()
                .map(path -> filter.excludes(bytes(path), false))
                .toList();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(ISO_8859_1);
    }

    /** Names are any bytes: none of them is a wildcard, a sign or an end here. */
    @ParameterizedTest
    @ValueSource(strings = {"m", "d/m", "*", "d/x*[y\\", "- m", "!", "a?", "a\\", "a***", "[x]", "#m"})
    void aPathThatIsLeftOutIsThatPathAlone(String path) throws Exception {
        Filter filter = new Filter.Builder()
                .add(true, "*".getBytes(ISO_8859_1))
                .build()
                .leavingOut(List.of(path.getBytes(ISO_8859_1)));
        assertThat(filter.excludes(path.getBytes(ISO_8859_1), false)).isTrue();
        for (String other : new String[] {"x", "d/x", path + "x", "e/" + path, "d/xayb"}) {
            assertThat(filter.excludes(other.getBytes(ISO_8859_1), false))
                    .as(other)
                    .isFalse();
        }
    }
}
