package org.pcircle.it.copy;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pcircle.it.support.AloneAndUnderMpirun;
import org.pcircle.it.support.Command;
import org.pcircle.it.support.Fcp;
import org.pcircle.it.support.MemoryFileSystem;
import org.pcircle.it.support.Scratch;

/** What is left out: by patterns, as rsync leaves it out, and what other file systems are mounted on. */
class SelectionIT {

    @AutoClose
    private final Scratch scratch = Scratch.create();

    @BeforeEach
    void makeSource() {
        scratch.shell("""
                mkdir -p source/a/b source/b/keep other
                for d in source source/a source/a/b source/b source/b/keep other; do touch $d/x.o $d/x.c $d/x.h; done
                printf '# objects\\n*.o\\n\\n+ /b/keep/***\\n; all others there\\n/b/*\\n' > patterns
                """);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--exclude=*.o",
                "--exclude=/b",
                "--exclude=b/",
                "--exclude=a/*.c",
                "--include=/a/ --include=*.c --exclude=*",
                "--include=*/ --include=*.c --exclude=*",
                "--exclude=a/**",
                "--exclude-from=patterns",
                "--include=x.o --exclude-from=patterns --exclude=x.h",
            })
    void patternsAreRsyncs(String options) {
        scratch.shell("rsync -a " + options + " source/ expected/");

        Fcp.withRanks(2)
                .in(scratch)
                .runScript("fcp " + options + " source copy")
                .assertCode(0);

        assertThat(scratch.shell("cd copy; find . | sort")).isEqualTo(scratch.shell("cd expected; find . | sort"));
    }

    @Test
    void severalSourcesAreSeenFromTheDestination() {
        scratch.shell("mkdir expected copy; rsync -a --exclude=/source/a --exclude=/other/x.c source other expected/");

        Fcp.alone()
                .in(scratch)
                .run("--exclude=/source/a", "--exclude=/other/x.c", "source", "other", "copy")
                .assertCode(0);

        assertThat(scratch.shell("cd copy; find . | sort")).isEqualTo(scratch.shell("cd expected; find . | sort"));
    }

    @Test
    void patternsMayComeFromStandardInput() {
        Fcp.alone()
                .in(scratch)
                .runScript("printf 'a\\nb\\n' | fcp --exclude-from=- source copy")
                .assertCode(0);

        assertThat(scratch.shell("ls copy")).isEqualTo("x.c\nx.h\nx.o\n");
    }

    @Test
    void aPatternFileThatCannotBeReadIsRefused() {
        Fcp.alone()
                .in(scratch)
                .run("--exclude-from=nowhere", "source", "copy")
                .assertCode(2)
                .assertOneComplaint("nowhere", "No such file");

        assertThat(scratch.resolve("copy")).doesNotExist();
    }

    @Test
    void patternsWithoutEndAreRefused() {
        Fcp.alone()
                .in(scratch)
                .run("--exclude-from=/dev/zero", "source", "copy")
                .assertCode(2)
                .assertOneComplaint("/dev/zero", "1 MiB");
    }

    @AloneAndUnderMpirun
    void oneFileSystemLeavesMountPointsEmpty(int ranks) {
        try (MemoryFileSystem mounted = MemoryFileSystem.mount(scratch.resolve("source/mounted"), "size=1m")) {
            Command.of("touch", mounted.path().resolve("file").toString()).run().assertCode(0);

            Fcp.withRanks(ranks).in(scratch).run("-x", "source", "copy").assertCode(0);
            Fcp.withRanks(ranks).in(scratch).run("source", "whole").assertCode(0);

            assertThat(scratch.shell("ls copy/mounted")).isEmpty();
            assertThat(scratch.shell("ls whole/mounted")).isEqualTo("file\n");
        }
    }
}
