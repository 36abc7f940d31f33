package org.pcircle.it.resume;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.pcircle.it.support.AloneAndUnderMpirun;
import org.pcircle.it.support.Fcp;
import org.pcircle.it.support.Fsum;
import org.pcircle.it.support.Outcome;
import org.pcircle.it.support.Running;
import org.pcircle.it.support.Scratch;
import org.pcircle.it.support.Slow;
import org.pcircle.it.support.User;

/** What runs that are not finished keep in a tree is no part of it; everything else that is called so is. */
class LeftRunsIT {

    private static final String PARTIAL = ".fcp.r.0123456789abcdef";

    private static final String TREE =
            "mkdir -p tree/below/deeper; cd tree; echo data > below/deeper/file; ln -s file link; ";

    /** As a run that was killed leaves it. */
    private static final String LEFT = """
            mkdir -p .fcp/r
            touch .fcp/r/lock .fcp/r/checkpoint.0 .fcp/r/checkpoint.1.new .fcp/r/snapshot.0.12 .fcp/r/links-sorted.0.3
            for where in . below below/deeper; do echo half > $where/.fcp.r.0123456789abcdef; done
            echo half > below/.fcp.r.0123456789abcdef+
            """;

    @AutoClose
    private final Scratch scratch = Scratch.create();

    private String clean = "";

    @BeforeEach
    void makeTree() {
        scratch.shell(TREE);
        clean = signature("tree");
    }

    @AloneAndUnderMpirun
    void theyAreLeftOutOfSignaturesManifestsAndCopiesAndCounted(int ranks) {
        String manifest = "-q --manifest=%s tree";
        fsum(manifest.formatted("before"));
        scratch.shell("cd tree; " + LEFT);

        Outcome sum = Fsum.withRanks(ranks).in(scratch).run("-q", "tree").assertCode(0);
        Outcome check = Fsum.withRanks(ranks)
                .in(scratch)
                .run("-q", "--check=before", "tree")
                .assertCode(0);
        fsum(manifest.formatted("after"));
        Outcome copy =
                Fcp.withRanks(ranks).in(scratch).run("-q", "-s", "tree", "copy").assertCode(0);

        for (Outcome outcome : new Outcome[] {sum, check, copy}) {
            outcome.assertOneComplaint("left out: 1 unfinished run's files (4 in the tree)");
        }
        assertThat(sum.out()).isEqualTo(clean);
        assertThat(copy.out()).isEqualTo(clean);
        assertThat(signature("copy")).isEqualTo(clean.replace("tree", "copy"));
        assertThat(scratch.shell("find copy -name '.fcp*'; sed -i '/^date: /d' before after; cmp before after"))
                .isEmpty();
    }

    /**
     * Before the colon what is done in the top of the tree, behind it how many entries that are not a run's are there
     * then.
     */
    @ParameterizedTest
    @ValueSource(
            strings = {
                // A run whose directory does not stand in the top has no files in the tree.
                "echo x > " + PARTIAL + ":1",
                "mkdir -p .fcp/other below/.fcp/r; echo x > " + PARTIAL + "; echo x > below/" + PARTIAL + ":4",
                // Not what a growing file is called, or no regular file.
                "mkdir -p .fcp/r; echo x > .fcp.r.0123456789abcde; echo x > .fcp.r.0123456789abcdeF:2",
                "mkdir -p .fcp/r; echo x > .fcp.r.0123456789abcdef-; echo x > .fcp.r0123456789abcdef:2",
                "mkdir -p .fcp/r; mkdir " + PARTIAL + "; ln -s x below/" + PARTIAL + ":2",
                // A directory that no run has, and what is in it.
                "mkdir .fcp:1",
                "echo x > .fcp:1",
                "mkdir -p .fcp/-r; echo x > .fcp/-r/lock:3",
                "mkdir -p .fcp/r; echo x > .fcp/r/lock; echo x > .fcp/r/thesis:4",
                "mkdir -p .fcp/r/lock:3",
                "mkdir .fcp; ln -s ../below .fcp/r:2",
                // One that has something else besides.
                "mkdir -p .fcp/r; echo x > .fcp/notes; echo x > " + PARTIAL + ":2",
            })
    void whatElseIsCalledSoIsContent(String made) {
        String script = made.substring(0, made.lastIndexOf(':'));
        int count = Integer.parseInt(made.substring(made.lastIndexOf(':') + 1));
        int before = entries("tree");
        scratch.shell("cd tree; " + script);

        Fcp.alone().in(scratch).run("tree", "copy").assertCode(0);

        assertThat(entries("copy")).isEqualTo(before + count);
        assertThat(signature("copy")).isEqualTo(signature("tree").replace("tree", "copy"));
        assertThat(scratch.shell("find copy -name r -path '*copy/.fcp/r' -empty"))
                .isEmpty();
    }

    @Test
    void aRunOfSomebodyElseIsContentAndOneOfRootIsNot() {
        User.assumeRoot("may give files away");
        scratch.shell("cd tree; " + LEFT + "chown 12345 .fcp/r");
        assertThat(signature("tree")).isNotEqualTo(clean);

        scratch.shell("chown 12345 tree");
        assertThat(signature("tree")).isEqualTo(clean);

        scratch.shell("chown 0 tree/.fcp/r");
        assertThat(signature("tree")).isEqualTo(clean);
    }

    /**
     * As when root copies into a user's directory: the user's own runs go on there, and take nothing of root's away.
     */
    @AloneAndUnderMpirun
    void whatIsClosedToThisUserIsSparedAndInNobodysWay(int ranks) {
        User.assumeRoot("has files that are closed to others");
        scratch.shell("cp -a tree copy");
        User.giveToUnprivileged(scratch.path());
        scratch.shell("cd copy; " + LEFT + "chmod -R go= .fcp");
        String before = scratch.shell("find copy -path '*.fcp*' | sort");
        for (String options : List.of("-f", "-u --delete --checkpoint-id=mine")) {
            Fcp.withRanks(ranks)
                    .unprivileged()
                    .in(scratch)
                    .run(("-q " + options + " tree copy").split(" "))
                    .assertCode(0);
            assertThat(scratch.shell("find copy -path '*.fcp*' | sort")).isEqualTo(before);
        }
    }

    /**
     * A sum keeps its own files in the current directory, and a copy where something else is called .fcp, under another
     * name.
     */
    @AloneAndUnderMpirun
    void oneWithADirectoryOfItsOwnIsLeftOutToo(int ranks) {
        scratch.shell("cd tree; mkdir -p .fcp.r/r; touch .fcp.r/r/manifest.0.0; echo x | tee " + PARTIAL + " > below/"
                + PARTIAL);

        Fsum.withRanks(ranks)
                .in(scratch.resolve("tree"))
                .run("-q", ".")
                .assertCode(0)
                .assertOneComplaint("left out: 1 unfinished run's files (2 in the tree)");
        assertThat(signature("tree")).isEqualTo(clean);

        scratch.shell("touch tree/.fcp.r/other");
        assertThat(signature("tree")).isNotEqualTo(clean);
    }

    @ParameterizedTest
    @CsvSource({"1, .fcp/r", "1, .fcp.r/r", "4, .fcp/r"})
    void whatIsMirroredIsTheSameAndKeepsWhatCanBeGoneOnWith(int ranks, String state) {
        scratch.shell("cp -a tree copy; cd copy; mkdir -p gone/deeper below/.fcp/r; " + LEFT
                + "cp " + PARTIAL + " gone/deeper; cp " + PARTIAL
                + " .fcp.dead.0123456789abcdef; touch extra .fcp/notes;"
                + " [ " + state + " = .fcp/r ] || { mkdir .fcp.r; mv .fcp/r .fcp.r; }");

        Fcp.withRanks(ranks).in(scratch).run("-q", "--mirror", "tree", "copy").assertCode(0);

        assertThat(signature("copy"))
                .isNotEqualTo(clean.replace("tree", "copy")); // as directories that hold such files stay
        assertThat(scratch.shell("find copy -name '*fcp*' -o -name gone -o -name extra -o -name r | LC_ALL=C sort"))
                .isEqualTo(String.join(
                                "\n",
                                "copy/" + state.substring(0, state.length() - 2),
                                "copy/" + PARTIAL,
                                "copy/" + state,
                                "copy/below/" + PARTIAL,
                                "copy/below/" + PARTIAL + "+",
                                "copy/below/deeper/" + PARTIAL,
                                "copy/gone",
                                "copy/gone/deeper/" + PARTIAL)
                        + "\n");
        scratch.shell("rm -r copy/gone");
        assertThat(signature("copy")).isEqualTo(clean.replace("tree", "copy"));
    }

    @Test
    void whatASourceLeavesOutIsNotKeptInAMirrorForItsNameAlone() {
        scratch.shell("cp -a tree copy; echo x > copy/" + PARTIAL + "; cd tree; " + LEFT);

        Fcp.alone().in(scratch).run("-q", "-f", "--delete", "tree", "copy").assertCode(0);

        assertThat(scratch.shell("find copy -name '.fcp*'")).isEmpty();
    }

    @Test
    void namingThemInAListDoesNotHaveThemCopied() {
        scratch.shell("cd tree; " + LEFT + "printf '%s\\n' below .fcp .fcp/r .fcp/r/lock " + PARTIAL + " > ../list");

        Fcp.alone()
                .in(scratch)
                .run("-q", "--files-from=list", "tree", "copy")
                .assertCode(0)
                .assertOneComplaint("left out:");

        assertThat(scratch.shell("find copy -name '*fcp*'; ls copy")).isEqualTo("below\n");
    }

    @Test
    void aRealOneIsLeftOutAndCanStillBeGoneOnWith() {
        scratch.shell("mkdir source; cp -r tree source; head -c 20M /dev/urandom > source/large");
        Fcp slow = Slow.writes(Fcp.alone(), 50_000).in(scratch);
        try (Running running = slow.start("--chunk-size=64K", "--checkpoint-id=r", "source", "copy")) {
            while (scratch.shell("find . -path './copy/.fcp.r.*' -size +0").isEmpty()) {
                assertThat(running.isAlive()).isTrue();
            }
            running.kill();
        }
        String signed = signature("copy");
        scratch.shell("cp -a copy plain; rm -r plain/.fcp*");
        assertThat(signature("plain")).isEqualTo(signed.replace("copy", "plain"));

        Fcp.alone().in(scratch).run("--resume", "r", "copy").assertCode(0);

        scratch.assertSame("source", "copy");
        assertThat(scratch.shell("find copy -name '.fcp*'")).isEmpty();
    }

    private void fsum(String words) {
        Fsum.alone().in(scratch).run((Object[]) words.split(" ")).assertCode(0);
    }

    private String signature(String tree) {
        return Fsum.alone().in(scratch).run("-q", tree).assertCode(0).out();
    }

    private int entries(String tree) {
        return scratch.shell("find " + tree).lines().toList().size();
    }
}
