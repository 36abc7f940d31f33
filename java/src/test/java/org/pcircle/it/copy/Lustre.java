package org.pcircle.it.copy;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.pcircle.it.support.Command;
import org.pcircle.it.support.Fcp;
import org.pcircle.it.support.Outcome;

/**
 * A Lustre file system, played by the library lustre.so between programs and the C library, over a directory of
 * another.
 */
final class Lustre {

    private static final Path BUILD =
            Path.of(System.getProperty("pcircle.native")).resolveSibling("cmake");

    /**
     * Makes files and directories with layouts, given as triples: name, stripe count, stripe size; a name ending in /
     * is a directory.
     */
    private static final String MAKE = """
            import os, struct, sys
            for name, count, size in zip(*[iter(sys.argv[1:])] * 3):
                layout = struct.pack('<II16xIHH', 0x0BD10BD0, 1, int(size), int(count), 0xffff)
                if name.endswith('/'):
                    os.makedirs(name)
                    os.setxattr(name, b'lustre.lov', layout)
                else:
                    fd = os.open(name, os.O_WRONLY | os.O_CREAT | os.O_EXCL | 0x2100, 0o644)
                    os.setxattr(fd, 'lustre.lov', layout)
                    os.write(fd, os.urandom(100000))
                    os.close(fd)
            """;

    private final Path root;

    /** Makes a directory, which must be on ext4, xfs or btrfs, the root. */
    Lustre(Path root) {
        this.root = root;
    }

    /** The command, to which the root is a Lustre file system of eight OSTs. */
    Fcp on(Fcp fcp) {
        return fcp.with("LD_PRELOAD", library())
                .with("PCIRCLE_LUSTRE", root.toString())
                .with("PCIRCLE_LUSTRE_OSTS", "8");
    }

    /** The same, and something is wrong with it. */
    Fcp withTrouble(Fcp fcp, String kind) {
        return on(fcp).with("PCIRCLE_LUSTRE_TROUBLE", kind);
    }

    /** Makes entries with layouts: of each the name, the stripe count and the stripe size. */
    void make(Object... namesCountsAndSizes) {
        StringBuilder words = new StringBuilder();
        for (Object word : namesCountsAndSizes) {
            words.append(" '").append(word).append('\'');
        }
        script("python3 -c \"$MAKE\"" + words).assertCode(0);
    }

    /** The stripe count and size of an entry, as {@code 2 x 1048576}; empty if it has no layout. */
    String layout(String name) {
        return script(
                        "getfattr --only-values -n lustre.lov '" + name
                                + "' 2>/dev/null | od -An -v -tu2 -N32 | tr '\\n' ' ' | awk '$15 { print $15 \" x \" $13 + 65536 * $14 }'")
                .out()
                .strip();
    }

    private Outcome script(String script) {
        return Command.shell(script)
                .in(root)
                .with(Map.of(
                        "LD_PRELOAD",
                        library(),
                        "PCIRCLE_LUSTRE",
                        root.toString(),
                        "PCIRCLE_LUSTRE_OSTS",
                        "8",
                        "MAKE",
                        MAKE))
                .run();
    }

    private static String library() {
        Path library = BUILD.resolve("lustre.so");
        assertThat(library).as("the build of the C tests makes it").isRegularFile();
        return library.toString();
    }
}
