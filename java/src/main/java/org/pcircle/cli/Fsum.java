package org.pcircle.cli;

import org.pcircle.cli.option.Command;

/** The command fsum: a parallel checksum of files and trees, alone or as one rank of many. */
public final class Fsum {

    private Fsum() {}

    public static void main(String[] arguments) {
        Runtime.getRuntime().halt(Main.run(Command.FSUM, arguments));
    }
}
