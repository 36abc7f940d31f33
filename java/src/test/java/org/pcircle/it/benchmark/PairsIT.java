package org.pcircle.it.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.pcircle.it.support.Command;
import org.pcircle.it.support.Fcp;
import org.pcircle.it.support.Scratch;

/** {@code benchmarks/pairs}, with one build as both. */
class PairsIT {

    private static final Path PAIRS = Path.of("../benchmarks/pairs").toAbsolutePath();

    @AutoClose
    private final Scratch scratch = Scratch.create();

    @Test
    void eachCaseHasARowOfSecondsAndRatiosAndNothingIsLeft() {
        String out = pairs("--scale=0.01", Fcp.HOME.toString(), Fcp.HOME.toString())
                .run()
                .assertCode(0)
                .out();

        List<String> rows = out.lines().skip(2).toList();
        assertThat(rows)
                .extracting(row -> row.split(" ", 3)[1])
                .containsExactly("start", "small", "large", "walk", "sum");
        assertThat(rows).allSatisfy(row -> assertThat(row).matches("\\| [a-z]+ (\\| \\d+\\.\\d{3} ){10}\\|"));
        assertThat(scratch.shell("ls -A")).isEmpty();
    }

    @Test
    void aBuildThatFailsEndsItAndNothingIsLeft() {
        pairs("--scale=0.01", Fcp.HOME.toString(), Fcp.HOME.toString() + "/bin", "start")
                .run()
                .assertCode(1);
        pairs("--pairs=0", Fcp.HOME.toString(), Fcp.HOME.toString()).run().assertCode(2);
        pairs(Fcp.HOME.toString(), Fcp.HOME.toString(), "none").run().assertCode(2);
        assertThat(scratch.shell("ls -A")).isEmpty();
    }

    private Command pairs(String... words) {
        String[] command = new String[words.length + 2];
        command[0] = PAIRS.toString();
        command[1] = "--pairs=1";
        System.arraycopy(words, 0, command, 2, words.length);
        return Command.of(command)
                .in(scratch.path())
                .with(Map.of("TMPDIR", scratch.path().toString()));
    }
}
