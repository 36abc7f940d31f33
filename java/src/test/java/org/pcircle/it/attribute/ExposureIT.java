package org.pcircle.it.attribute;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.pcircle.it.support.Fcp;
import org.pcircle.it.support.Outcome;
import org.pcircle.it.support.PythonScript;
import org.pcircle.it.support.Running;
import org.pcircle.it.support.Scratch;
import org.pcircle.it.support.Slow;
import org.pcircle.it.support.User;

/**
 * Nobody may do more to an entry on its way than in the end: somebody who looks at the copy all the time never sees a
 * permission too many, of its own group, of another one, of a user whom an ACL names, or of a setuid bit that is not
 * yet its owner's. Every single change is made slow, so that each state lasts long enough to be seen.
 */
class ExposureIT {

    private static final int CHANGE_MICROS = 1000;
    private static final Duration LIMIT = Duration.ofMinutes(1);

    /** Directories by what their files have; three small ones, one to be copied in ranges. */
    private static final String FILES = """
            mkdir source; cd source
            make() { mkdir $1; echo data | tee $1/one $1/two > $1/three; head -c 3M /dev/zero > $1/large; mkfifo $1/fifo; }
            for mode in 0600 0640 0604 0666 0400 0755 4711 2750 6755; do
              make $mode; chmod $mode $mode/*
            done
            make hidden; chmod 0700 hidden
            make shared; chmod 3770 shared; chmod 0660 shared/*
            make named; setfacl -m u::rw,u:1001:rw,g::-,g:2001:r,o::- named/*
            make given; setfacl -m u::rwx,u:1001:rwx,g::-,o::- given given/*
            make default; setfacl -d -m u:1001:rwx,g:2001:rwx default; chmod 0600 default/*
            """;

    @AutoClose
    private final Scratch scratch = Scratch.create();

    @ParameterizedTest(name = "np {0}, {1}")
    @CsvSource({"1, ''", "4, ''", "1, -p", "4, -p", "1, --preserve=xattr"})
    void ofRootsOwnFiles(int ranks, String options) {
        scratch.shell(FILES);

        assertNothingIsEverMoreOpen(Fcp.withRanks(ranks), options);
    }

    @ParameterizedTest(name = "np {0}, {1}")
    @CsvSource({"1, ''", "4, ''", "1, -p", "4, -p"})
    void ofFilesThatRootGivesAway(int ranks, String options) {
        User.assumeRoot("can give files away");
        scratch.shell(
                FILES + "make roots; chmod 640 roots/*; chown -R --no-dereference 1003:2003 [!r]*; chmod 4755 4711/*;"
                        + " chmod 6755 6755/*; chgrp 2003 roots/*");

        assertNothingIsEverMoreOpen(Fcp.withRanks(ranks), options);
    }

    @ParameterizedTest(name = "np {0}, {1}")
    @CsvSource({"1, ''", "4, ''", "1, -p", "4, -p"})
    void ofAUsersFiles(int ranks, String options) {
        scratch.shell(FILES);
        User.giveToUnprivileged(scratch.resolve("source"));
        scratch.shell("cd source; chmod 4711 4711/*; chmod 2750 2750/*; chmod 6755 6755/*");

        assertNothingIsEverMoreOpen(Fcp.withRanks(ranks).unprivileged(), options);
    }

    @ParameterizedTest(name = "np {0}, {1}")
    @CsvSource({"1, ''", "4, -p", "1, -c"})
    void ofFilesThatAUserGivesToAnotherGroupOfHis(int ranks, String options) {
        User.assumeRoot("can become a member of any group");
        scratch.shell(FILES + "chown -R --no-dereference " + User.NOBODY + ":2003 .; make own; chmod 0660 own/*;"
                + " chown -R " + User.NOBODY + ":" + User.NOBODY + " own; chmod 4711 4711/*; chmod 2750 2750/*;"
                + " chmod 6755 6755/*; chmod 3770 shared");

        assertNothingIsEverMoreOpen(Fcp.withRanks(ranks).memberOf("2003"), options);
    }

    @ParameterizedTest(name = "np {0}, {1}")
    @CsvSource({"1, ''", "4, ''", "1, -p", "4, -p"})
    void inADirectoryThatOpensWhateverIsMadeInIt(int ranks, String options) {
        scratch.shell(FILES + "cd ..; setfacl -d -m u:1009:rwx,g:2009:rwx,o::rwx .");

        assertNothingIsEverMoreOpen(Fcp.withRanks(ranks), options);
    }

    @ParameterizedTest(name = "np {0}, {1}")
    @CsvSource({"1, -f", "4, -f", "1, -f -p", "4, -f -p", "1, -u -p"})
    void whereFilesAreReplaced(int ranks, String options) {
        scratch.shell(FILES + """
                cd ..; cp -r source copy
                find copy -type f -exec sh -c 'echo old > $0' {} ';'
                find copy -depth -exec chmod u=rwX,go= {} +
                """);

        assertNothingIsEverMoreOpen(Fcp.withRanks(ranks), options);
    }

    private void assertNothingIsEverMoreOpen(Fcp fcp, String options) {
        try (Running watcher =
                PythonScript.of("watch.py", scratch.resolve("copy").toString()).start()) {
            Slow.changes(fcp, CHANGE_MICROS)
                    .in(scratch)
                    .runScript("until [ -e copy.is-watched ]; do sleep 0.01; done; umask 0; fcp --chunk-size=1M "
                            + options + " source copy")
                    .assertCode(0);
            watcher.terminate();

            Outcome watched = watcher.await("watch.py", LIMIT).assertCode(0);
            assertThat(watched.out()).isEmpty();
            assertThat(watched.err()).matches("saw \\d{2,} passing states\n");
        }
    }
}
