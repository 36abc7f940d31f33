package org.pcircle.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Whether a copy is one, in the eyes of tools that are not ours. */
final class TreeComparison {

    private TreeComparison() {}

    /** Contents, names, types, modes and times are those of the source, the top directory's included. */
    static void assertSame(Path source, Path copy) {
        assertThat(rsyncChanges(source, copy, "-rlptDc", "--delete")).isEmpty();
        assertThat(Manifest.of(copy)).isEqualTo(Manifest.of(source));
    }

    /** As {@link #assertSame}, but for entries of the source, none of which must be in the copy. */
    static void assertSameWithout(String excluded, Path source, Path copy) {
        assertThat(rsyncChanges(source, copy, "-rlptDc", "--delete-excluded", "--exclude=" + excluded))
                .isEmpty();
    }

    /** What rsync would change in one tree to make it like another, a line for each entry. */
    static String rsyncChanges(Path source, Path copy, String... options) {
        List<String> words = new ArrayList<>(List.of("rsync", "--dry-run", "--itemize-changes"));
        words.addAll(Arrays.asList(options));
        words.addAll(List.of(source + "/", copy + "/"));
        return Command.of(words).run().assertCode(0).out();
    }
}
