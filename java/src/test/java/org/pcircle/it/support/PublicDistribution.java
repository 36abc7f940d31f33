package org.pcircle.it.support;

import java.nio.file.Path;

/**
 * A copy of the distribution that every user may read, wherever the checkout is. Made when it is first asked for, gone
 * when the tests are over.
 */
public final class PublicDistribution {

    private static final Path HOME = copy();

    private PublicDistribution() {}

    public static Path home() {
        return HOME;
    }

    private static Path copy() {
        String home = Command.shell("mktemp -d -t pcircle-it-XXXXXX")
                .run()
                .assertCode(0)
                .out()
                .strip();
        Runtime.getRuntime()
                .addShutdownHook(new Thread(() -> Command.of("rm", "-rf", home).run()));
        Command.shell("cp -r \"$1/.\" \"$2\"; chmod -R a+rX \"$2\"", Fcp.HOME.toString(), home)
                .run()
                .assertCode(0);
        return Path.of(home);
    }
}
