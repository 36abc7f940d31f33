package org.pcircle.it.copy;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.pcircle.it.support.Fcp;
import org.pcircle.it.support.Manifest;
import org.pcircle.it.support.Outcome;
import org.pcircle.it.support.PythonScript;
import org.pcircle.it.support.Running;
import org.pcircle.it.support.Scratch;
import org.pcircle.it.support.User;

/**
 * While root copies to or from what is a user's, the user exchanges directories and files for links that lead
 * elsewhere, hundreds of thousands of times a second. Nothing of what they lead to is read, and nothing there is
 * changed. {@code -Dswap.copies=200} makes more than a few copies.
 */
class SymlinkSwapIT {

    private static final int COPIES_PER_TEST = Integer.getInteger("swap.copies", 24) / 3;
    private static final int RANKS_EVERY = 8;
    private static final Duration LIMIT = Duration.ofMinutes(1);

    /**
     * Trees of the same names, so that each is found where another was looked for; every piece of a file tells its
     * tree.
     */
    private static final String TREES = """
            make() {
              for i in 1 2 3 4 5 6; do
                mkdir -p $1/directory/$i; yes $2 | head -c 300 | tee $1/directory/$i/one > $1/directory/$i/other
              done
              yes $2 | head -c 1500000 | tee $1/directory/large > $1/large
              echo $2 | tee $1/small > $1/odd
            }
            lead() { for name in directory large small; do ln -s $PWD/$2/$name $1/to-$name; done; }
            make source harmless
            make elsewhere SECRET; touch elsewhere/directory/SECRET; chmod -R go= elsewhere; chmod 500 elsewhere/directory
            mkdir -m 755 users
            """;

    @AutoClose
    private final Scratch scratch = Scratch.create();

    @BeforeEach
    void makeTrees() {
        User.assumeRoot("has more to lose than the user whose directory it copies");
        scratch.shell(TREES);
    }

    @Test
    void nothingOutsideTheSourceIsRead() {
        inUsersDirectory("make users/source harmless; mkfifo users/source/fifo; lead users/source elsewhere");

        int disturbed = 0;
        for (int i = 0; i < COPIES_PER_TEST; i++) {
            Swaps swaps =
                    new Swaps("users/source/").of("directory", "large", "small").exchange("odd", "fifo");
            disturbed += copyDuring(swaps, i, "users/source", "copy-" + i);
        }

        assertThat(scratch.shell("grep -r -l --devices=skip SECRET copy-* || [ $? = 1 ]; find copy-* -name SECRET"))
                .isEmpty();
        assertThat(disturbed).as("copies that met an exchange").isPositive();
    }

    @Test
    void nothingOutsideTheDestinationIsChangedByNewEntries() {
        scratch.shell("mv source/directory source/large source/small .");
        List<String> before = everythingElsewhere();

        int disturbed = 0;
        for (int i = 0; i < COPIES_PER_TEST; i++) {
            String destination = "users/destination-" + i;
            inUsersDirectory("mkdir " + destination + "; lead " + destination + " elsewhere");
            Swaps swaps = new Swaps(destination + "/").of("directory", "large", "small");
            disturbed += copyDuring(swaps, i, "directory", "large", "small", destination);
        }

        assertThat(everythingElsewhere()).isEqualTo(before);
        assertThat(disturbed).as("copies that met an exchange").isPositive();
    }

    @Test
    void nothingOutsideTheDestinationIsChangedByReplacing() {
        List<String> before = everythingElsewhere();

        int disturbed = 0;
        for (int i = 0; i < COPIES_PER_TEST; i++) {
            String destination = "users/destination-" + i;
            inUsersDirectory("make " + destination + " old; lead " + destination + " elsewhere; chmod 500 "
                    + destination + "/directory");
            Swaps swaps = new Swaps(destination + "/").of("directory", "large", "small");
            disturbed += copyDuring(swaps, i, "-f", "source", destination);
        }

        assertThat(everythingElsewhere()).isEqualTo(before);
        assertThat(disturbed).as("copies that met an exchange").isPositive();
    }

    /** Pairs of names that are to be exchanged for each other in a directory. */
    private static final class Swaps {

        private final String directory;
        private final List<String> paths = new ArrayList<>();

        Swaps(String directory) {
            this.directory = directory;
        }

        /** Entries for the links of that name. */
        Swaps of(String... names) {
            for (String name : names) {
                exchange(name, "to-" + name);
            }
            return this;
        }

        Swaps exchange(String one, String other) {
            paths.addAll(List.of(directory + one, directory + other));
            return this;
        }

        Running start(Scratch scratch) {
            List<String> words = new ArrayList<>(List.of(Integer.toString(User.NOBODY)));
            paths.forEach(path -> words.add(scratch.resolve(path).toString()));
            return PythonScript.of("swap.py", words.toArray(String[]::new)).start();
        }
    }

    /** Copies while the user is at it; returns 1 if some entries could not be copied for it, else 0. */
    private int copyDuring(Swaps swaps, int number, String... arguments) {
        List<String> words =
                new ArrayList<>(List.of("--chunk-size=64K", "--progress=none", "--errors=errors-" + number));
        words.addAll(Arrays.asList(arguments));
        try (Running swapping = swaps.start(scratch)) {
            while (swapping.out().isEmpty()) {
                assertThat(swapping.isAlive()).isTrue();
            }
            Outcome outcome = Fcp.withRanks(number % RANKS_EVERY == RANKS_EVERY - 1 ? 4 : 1)
                    .in(scratch)
                    .run(words.toArray());
            swapping.terminate();

            assertThat(outcome.code()).as(outcome.toString()).isIn(0, 1);
            String counted = swapping.await("swap.py", LIMIT).assertCode(0).out();
            assertThat(Integer.parseInt(counted.lines().skip(1).findFirst().orElseThrow()))
                    .as("exchanges")
                    .isGreaterThan(100);
            return outcome.code();
        }
    }

    private void inUsersDirectory(String script) {
        scratch.shell(TREES.substring(0, TREES.indexOf("make source")) + script + "; chown -R 65534:65534 users/*");
    }

    /** All that there is to be seen of it, and when anything of it was last changed. */
    private List<String> everythingElsewhere() {
        List<String> lines = new ArrayList<>(Manifest.ofEverything(scratch.resolve("elsewhere")));
        scratch.shell("find elsewhere -printf '%p changed %C@ names %n\\n' | sort")
                .lines()
                .forEach(lines::add);
        return lines;
    }
}
