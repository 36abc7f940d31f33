package org.pcircle.plan;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Chars;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;

/** What patterns match is held against rsync in {@link FilterIT}. */
class FilterTest {

    @Test
    void theFirstRuleThatMatchesDecides() {
        Filter filter = filter("+ *.c", "- *", "+ *.h");

        assertThat(excluded(filter, "a.c", "a.h", "b/c.c")).containsExactly(false, true, false);
    }

    @Test
    void aSignSaysWhichWhateverTheOption() {
        assertThat(excluded(new Filter.Builder().add(true, bytes("- a")).build(), "a"))
                .containsExactly(true);
    }

    @Test
    void anExclamationMarkForgetsTheRulesBefore() {
        assertThat(excluded(filter("- a", "!", "- b"), "a", "b")).containsExactly(false, true);
        assertThat(filter("- a", "!").isEmpty()).isTrue();
    }

    @Test
    void linesAreRulesButForCommentsAndEmptyOnes() {
        Filter filter = new Filter.Builder()
                .addLines(false, bytes("# a\n; b\n\n+ keep\nk*\r\n"))
                .build();

        assertThat(excluded(filter, "keep", "kill", "# a", "; b")).containsExactly(false, true, false, false);
    }

    @Property
    void anyBytesArePattern(
            @ForAll
                    @StringLength(max = 12)
                    @Chars({'*', '?', '[', ']', '!', '^', '-', '\\', '/', ':', 'a', '&', '\n', '\u00ff'})
                    String pattern,
            @ForAll @StringLength(min = 1, max = 8) @Chars({'a', '/', '[', ']', '-', '\\', '\n', '\u00ff'})
                    String path) {
        Filter filter = new Filter.Builder().add(false, bytes(pattern)).build();

        assertThat(filter.excludes(bytes(path), true)).isIn(true, false);
    }

    private static Filter filter(String... rules) {
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
}
