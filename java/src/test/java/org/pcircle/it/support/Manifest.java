package org.pcircle.it.support;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * What find(1) sees of a tree: a line for each entry, sorted, with its type, mode, time to the nanosecond, size and the
 * text of a link. Directories have no size, as that is their file system's business. Or what {@code manifest.py} sees
 * of it, which is more.
 */
public final class Manifest {

    private static final String ENTRY = "%P  %y  mode %m  modified %T@  -> %l";

    private Manifest() {}

    public static List<String> of(Path tree) {
        return list(tree, ENTRY);
    }

    public static List<String> withOwners(Path tree) {
        return list(tree, ENTRY + "  owner %U:%G");
    }

    /** All that there is to be seen: contents, holes, owners, hard links and extended attributes, too. */
    public static List<String> ofEverything(Path tree) {
        return script(tree.toString());
    }

    /** All that a copy keeps without being asked: what {@link #ofEverything} sees, but no extended attributes. */
    public static List<String> withoutAttributes(Path tree) {
        return script("--without-attributes", tree.toString());
    }

    private static List<String> script(String... words) {
        return PythonScript.of("manifest.py", words)
                .run()
                .assertCode(0)
                .out()
                .lines()
                .toList();
    }

    private static List<String> list(Path tree, String entry) {
        Command find = Command.of(
                "find", ".", "-type", "d", "-printf", entry + "\\0", "-o", "-printf", entry + "  size %s\\0");
        String[] entries = find.in(tree).run().assertCode(0).out().split("\0");
        Arrays.sort(entries);
        return List.of(entries);
    }
}
