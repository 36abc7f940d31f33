package org.pcircle.it.support;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.util.List;

/** Who runs the tests, and who else can be had. */
public final class User {

    /** User and group that own nothing; Debian and its kin call them nobody and nogroup. */
    public static final int NOBODY = 65534;

    private User() {}

    public static boolean isRoot() {
        return Command.of("id", "-u").run().out().strip().equals("0");
    }

    public static void assumeRoot(String why) {
        assumeTrue(isRoot(), "only root " + why);
    }

    /** What to put before a command so that it runs without root's privileges. */
    public static List<String> unprivileged() {
        return isRoot() ? List.of("setpriv", "--reuid=" + NOBODY, "--regid=" + NOBODY, "--clear-groups") : List.of();
    }

    /** The same, but that the user belongs to these groups besides; they are numbers with commas between. */
    public static List<String> memberOf(String groups) {
        return List.of("setpriv", "--reuid=" + NOBODY, "--regid=" + NOBODY, "--groups=" + groups);
    }

    /** Makes that user the owner of a tree. */
    public static void giveToUnprivileged(Path tree) {
        if (isRoot()) {
            Command.of("chown", "-R", NOBODY + ":" + NOBODY, tree.toString())
                    .run()
                    .assertCode(0);
        }
    }
}
