package org.pcircle.it.copy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.pcircle.it.support.AloneAndUnderMpirun;
import org.pcircle.it.support.Fcp;
import org.pcircle.it.support.Manifest;
import org.pcircle.it.support.Outcome;
import org.pcircle.it.support.Scratch;
import org.pcircle.it.support.TreeComparison;

/** What cannot be copied is said once, clearly, and is in the exit code. */
class BadInputIT {

    @AutoClose
    private final Scratch scratch = Scratch.create();

    @AloneAndUnderMpirun
    void aMissingSourceIsRefused(int ranks) {
        Fcp.withRanks(ranks)
                .in(scratch)
                .run("missing", "copy")
                .assertCode(2)
                .assertOneComplaint("missing", "No such file or directory");

        assertThat(scratch.path()).isEmptyDirectory();
    }

    @AloneAndUnderMpirun
    void oneMissingSourceOfSeveralIsRefusedBeforeAnythingIsTouched(int ranks) {
        scratch.shell("mkdir directory; touch present");

        Fcp.withRanks(ranks)
                .in(scratch)
                .run("present", "missing", "directory")
                .assertCode(2)
                .assertOneComplaint("missing");

        assertThat(scratch.resolve("directory")).isEmptyDirectory();
    }

    @AloneAndUnderMpirun
    void aDestinationInsideSourceIsRefused(int ranks) {
        scratch.shell("mkdir -p source/below; echo data > source/file");
        List<String> before = Manifest.of(scratch.path());

        Fcp.withRanks(ranks)
                .in(scratch)
                .run("source", "source/below/copy")
                .assertCode(2)
                .assertOneComplaint("source/below/copy", "inside");

        assertThat(Manifest.of(scratch.path())).isEqualTo(before);
    }

    @AloneAndUnderMpirun
    void anUnreadableFileIsTheOnlyOneThatIsNotCopied(int ranks) {
        scratch.shell("mkdir source; echo data | tee source/open > source/closed; chmod 0 source/closed");

        Outcome outcome =
                Fcp.withRanks(ranks).unprivileged().in(scratch).run("--no-preserve=ownership", "source", "copy");

        outcome.assertCode(1).assertOneComplaint("source/closed", "Permission denied");
        assertCopiedWithout("/closed");
    }

    @AloneAndUnderMpirun
    void anUnreadableDirectoryIsTheOnlyOneThatIsNotFilled(int ranks) {
        makeTreeWithDirectory("0300");

        Outcome outcome =
                Fcp.withRanks(ranks).unprivileged().in(scratch).run("--no-preserve=ownership", "source", "copy");

        outcome.assertCode(1).assertOneComplaint("source/closed", "Permission denied");
        assertDirectoryHasMode("300");
        assertCopiedWithout("/closed/*");
    }

    @AloneAndUnderMpirun
    void aDirectoryThatCannotBeSearchedIsTheOnlyOneThatIsNotFilled(int ranks) {
        makeTreeWithDirectory("0644");

        Outcome outcome =
                Fcp.withRanks(ranks).unprivileged().in(scratch).run("--no-preserve=ownership", "source", "copy");

        assertThat(outcome.assertCode(1).complaints()).hasSize(2).allMatch(line -> line.contains("Permission denied"));
        assertDirectoryHasMode("644");
        assertCopiedWithout("/closed/*");
    }

    private void makeTreeWithDirectory(String mode) {
        scratch.shell("mkdir -p source/closed source/open; touch source/open/file source/closed/one source/closed/two;"
                + " chmod " + mode + " source/closed");
    }

    /** Also opens the directory, for others to look into it. */
    private void assertDirectoryHasMode(String mode) {
        assertThat(scratch.shell("stat -c %a copy/closed; chmod 755 */closed")).isEqualTo(mode + "\n");
    }

    private void assertCopiedWithout(String excluded) {
        TreeComparison.assertSameWithout(excluded, scratch.resolve("source"), scratch.resolve("copy"));
    }
}
