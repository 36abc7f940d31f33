package org.pcircle.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** benchmarks/compare runs every case, here on trees too small to measure anything. */
class CompareIT {

    private static final String COMPARE =
            Fcp.HOME.resolve("../../../benchmarks/compare").normalize().toString();

    @AutoClose
    private final Scratch scratch = Scratch.create();

    @Test
    void everyToolIsTimedInEveryCase() {
        Outcome outcome = compare("--on", "tmpfs").run().assertCode(0);

        assertThat(outcome.out())
                .containsSubsequence(
                        "100 files of 4 KiB",
                        "A walk of 500 files",
                        "One file",
                        "verified and flushed",
                        "An empty directory")
                .containsPattern("\\| tmpfs \\| fcp \\| \\d+\\.\\d+ \\|.*\\| \\d+\\.\\d+ \\| ")
                .containsPattern("\\| tmpfs \\| cp -a \\| \\d+\\.\\d+ \\|.*\\| 1\\.00 \\| ")
                .contains("| tmpfs | rsync -a |")
                .doesNotContain("Not measured");
    }

    @Test
    void nothingIsLeftInAFolderOfTheUsers() {
        compare("--in", scratch.path().toString(), "small").run().assertCode(0);

        assertThat(scratch.path()).isEmptyDirectory();
    }

    @Test
    void aToolThatFailsIsNamedAndEndsIt() {
        scratch.shell("mkdir bin; printf '#!/bin/sh\\nexit 3\\n' > bin/rsync; chmod +x bin/rsync");
        String path = scratch.resolve("bin") + ":" + System.getenv("PATH");

        Outcome outcome = compare("--on", "tmpfs", "small")
                .with(Map.of("PATH", path))
                .run()
                .assertCode(1);

        assertThat(outcome.err()).contains("compare: rsync -a: exit code 3");
    }

    private static Command compare(String... arguments) {
        List<String> words = new ArrayList<>(List.of(COMPARE, "--scale", "0.0005", "--rounds", "1"));
        words.addAll(List.of(arguments));
        return Command.of(words);
    }
}
