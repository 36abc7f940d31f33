package org.pcircle.cli;

import org.pcircle.plan.UsageException;

/** The commands, and what the words behind them mean to each. */
enum Command {
    FCP("fcp") {
        @Override
        Settings settings(CommandLine line) throws UsageException {
            return FcpSettings.of(line);
        }
    },
    FSUM("fsum") {
        @Override
        Settings settings(CommandLine line) throws UsageException {
            return FsumSettings.of(line);
        }
    };

    private final String word;

    Command(String word) {
        this.word = word;
    }

    /** What it is called by its users. */
    String word() {
        return word;
    }

    abstract Settings settings(CommandLine line) throws UsageException;
}
