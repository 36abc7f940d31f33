package org.pcircle.it.support;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Whether a copy is one, in the eyes of tools that are not ours. */
public final class TreeComparison {

    /** What rsync leaves out by itself unless it is told what else to leave out. */
    private static final String NO_SYSTEM_NAMES = "--filter=-x system.*";

    /** xfs shows ACLs once more under names of its own. */
    private static final String NO_XFS_NAMES = "--filter=-x trusted.SGI_ACL_*";

    private TreeComparison() {}

    /** Contents, names, types, modes and times are those of the source, the top directory's included. */
    public static void assertSame(Path source, Path copy) {
        assertThat(rsyncChanges(source, copy, "-rlptDc", "--delete")).isEmpty();
        assertThat(Manifest.of(copy)).isEqualTo(Manifest.of(source));
    }

    /** As {@link #assertSame}, but for entries of the source, none of which must be in the copy. */
    public static void assertSameWithout(String excluded, Path source, Path copy) {
        assertThat(rsyncChanges(source, copy, "-rlptDc", "--delete-excluded", "--exclude=" + excluded))
                .isEmpty();
    }

    /** All is kept that rsync can keep as root, and all that there is to be seen is the same. */
    public static void assertSameInEverything(Path source, Path copy) {
        assertThat(rsyncChanges(source, copy, "-aHAXc", "--numeric-ids", "--delete", NO_SYSTEM_NAMES, NO_XFS_NAMES))
                .isEmpty();
        assertSameLines(Manifest.ofEverything(source), Manifest.ofEverything(copy));
    }

    /** That two lists of different lines are the same; what is not is told, and nothing else, as they may be long. */
    public static void assertSameLines(List<String> expected, List<String> actual) {
        Set<String> missing = new LinkedHashSet<>(expected);
        actual.forEach(missing::remove);
        Set<String> added = new LinkedHashSet<>(actual);
        expected.forEach(added::remove);
        assertThat(missing)
                .as("lines of the source, where the copy has %s", added)
                .isEmpty();
        assertThat(added).as("lines of the copy that the source lacks").isEmpty();
    }

    /** What rsync would change in one tree to make it like another, a line for each entry. */
    public static String rsyncChanges(Path source, Path copy, String... options) {
        List<String> words = new ArrayList<>(List.of("rsync", "--dry-run", "--itemize-changes"));
        words.addAll(Arrays.asList(options));
        words.addAll(List.of(source + "/", copy + "/"));
        return Command.of(words).run().assertCode(0).out();
    }
}
