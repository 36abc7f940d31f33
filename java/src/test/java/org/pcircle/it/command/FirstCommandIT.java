package org.pcircle.it.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.pcircle.it.support.Command;
import org.pcircle.it.support.Outcome;
import org.pcircle.it.support.Scratch;

/**
 * The first command in a fresh checkout sets up and builds, and says a line for each step. Here in a checkout without
 * sources, with stand-ins for apt-get, Maven and what they would install.
 */
class FirstCommandIT {

    private static final String TOOLS = "sh mkdir date cat readlink flock sed dirname touch ln chmod seq sleep env rm";

    @AutoClose
    private final Scratch scratch = Scratch.create();

    @BeforeEach
    void makeCheckout() {
        Command.shell("cp -r ../bin ../cmake \"$1\"", scratch.path().toString())
                .in(Path.of("").toAbsolutePath())
                .run()
                .assertCode(0);
        scratch.shell("mkdir tools; for tool in " + TOOLS + "; do ln -s \"$(command -v $tool)\" tools/; done");
        program("id", "echo 0");
        program("apt-cache", "exit 0");
        program("apt-get", """
                seq -f 'noise of apt-get %.0f' 1000
                [ ! -e fails ] || { echo 'E: no network'; exit 100; }
                for tool in gcc cmake make ompi_info; do ln -sf true tools/$tool; done
                mkdir -p jdk/bin; touch jdk/bin/java jdk/bin/javac; chmod a+x jdk/bin/java jdk/bin/javac
                echo 'JAVA_VERSION="17.0.1"' > jdk/release
                ln -sf ../jdk/bin/java tools/java; ln -sf maven tools/mvn
                """);
        program("true", "exit 0");
        program("maven", """
                echo built "$@" >> builds; seq -f 'noise of Maven %.0f' 1000; sleep 1
                mkdir -p java/target/pcircle/bin
                echo 'echo fcp "$@"' > java/target/pcircle/bin/fcp; chmod a+x java/target/pcircle/bin/fcp
                touch java/target/pcircle/.complete
                """);
    }

    @Test
    void aLineIsSaidForEachStepAndTheRestIsInALog() {
        Outcome outcome = run("bin/fcp a 'b c'").assertCode(0);

        assertThat(outcome.out()).isEqualTo("fcp a b c\n");
        assertThat(outcome.err().lines().toList()).hasSize(4);
        assertThat(outcome.err())
                .containsPattern("setup: installing default-jdk-headless maven .* \\.\\.\\. \\d+ s\n")
                .containsPattern("fcp: building .* \\.\\.\\. \\d+ s\n")
                .doesNotContain("noise", "\033");
        assertThat(scratch.shell("cat build/setup.log")).contains("noise of apt-get 1000\n", "noise of Maven 1000\n");
    }

    @Test
    void onlyWhatRunningNeedsIsBuilt() {
        run("bin/fcp").assertCode(0);

        assertThat(scratch.shell("cat builds"))
                .contains("-Prunning", "-DskipTests")
                .hasLineCount(1);
    }

    @Test
    void aFailureNamesTheLog() {
        scratch.shell("touch fails");

        Outcome outcome = run("bin/fcp a b").assertCode(2);

        assertThat(outcome.err())
                .contains("failed; see ", "build/setup.log", "setup: missing (Debian's names)")
                .contains("fcp: could not be built; nothing was done")
                .doesNotContain("noise");
        assertThat(scratch.shell("cat build/setup.log")).contains("E: no network");
    }

    @Test
    void ofTwoThatStartAtOnceOneBuilds() {
        Outcome outcome = run("bin/fcp one & bin/fcp two; wait $!").assertCode(0);

        assertThat(outcome.out().lines()).containsExactlyInAnyOrder("fcp one", "fcp two");
        assertThat(scratch.shell("cat builds")).hasLineCount(1);
    }

    @Test
    void whatIsBuiltIsNotBuiltAgain() {
        run("bin/fcp").assertCode(0);

        assertThat(run("bin/fcp again").assertCode(0).err()).isEmpty();
    }

    private Outcome run(String script) {
        return Command.shell("unset JAVA_HOME PCIRCLE_SETUP_LOG; PATH=$PWD/tools; export PATH; " + script)
                .in(scratch.path())
                .run();
    }

    private void program(String name, String script) {
        Command.shell("printf '%s\\n' '#!/bin/sh' \"$2\" > \"tools/$1\"; chmod a+x \"tools/$1\"", name, script)
                .in(scratch.path())
                .run()
                .assertCode(0);
    }
}
