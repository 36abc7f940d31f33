package org.pcircle.cli;

import org.pcircle.cli.option.Command;

/** The command fcp: a parallel copy of files and trees, alone or as one rank of many. */
public final class Fcp {

    private Fcp() {}

    public static void main(String[] arguments) {
        Runtime.getRuntime().halt(Main.run(Command.FCP, arguments));
    }
}
