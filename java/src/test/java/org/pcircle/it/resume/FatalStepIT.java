package org.pcircle.it.resume;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.pcircle.it.support.Command;
import org.pcircle.it.support.Fcp;
import org.pcircle.it.support.LoopFileSystem;
import org.pcircle.it.support.Outcome;
import org.pcircle.it.support.Running;
import org.pcircle.it.support.SampleTree;
import org.pcircle.it.support.Scratch;
import org.pcircle.it.support.TreeComparison;
import org.pcircle.it.support.User;

/**
 * A rank is killed before each step that it takes with the run's own files: whatever was there before serves, with
 * another number of ranks. Of many steps only some are tried, spread evenly; {@code -Dfatal.all} tries all.
 */
class FatalStepIT {

    private static final boolean ALL = Boolean.getBoolean("fatal.all");

    /** So long that the only checkpoints are those at the start and at the end. */
    private static final String SELDOM = "--checkpoint-interval=60";

    private static final String OFTEN = "--checkpoint-interval=0.02";
    private static final int ALONE = -1;
    private static final int QUICK = 0;
    private static final int SLOW_MICROS = 1500;

    @AutoClose
    private final Scratch scratch = Scratch.hiding();

    private Path folder = scratch.path();

    @Test
    void theStartAndTheEndOfARunMayBeCutShortAtAnyStep() throws IOException {
        cutShortAtStartAndEnd();
    }

    /** Where a directory lists what was made first at first, so that it would go first, too. */
    @Test
    void norDoesItMatterInWhichOrderTheFileSystemListsFiles() throws IOException {
        assumeTrue(User.isRoot(), "only root may mount");
        try (LoopFileSystem disk = LoopFileSystem.mount(scratch.resolve("disk"), "xfs")) {
            folder = disk.path();
            List<String> steps = cutShortAtStartAndEnd();
            assertThat(steps.indexOf("unlinkat .fcp/r/checkpoint.1/"))
                    .isLessThan(steps.lastIndexOf("unlinkat .fcp/r/snapshot.1.0/"));
        }
    }

    private List<String> cutShortAtStartAndEnd() throws IOException {
        makeSource(40);
        List<String> steps = steps(Fcp.alone(), QUICK, ALONE, SELDOM);
        assertThat(steps.toString()).contains("mkdirat .fcp/,", "fcntl", "renameat .fcp/r/checkpoint.0/");

        for (int step : some(1, steps.size(), 8)) {
            assertThat(kill(Fcp.alone(), QUICK, ALONE, SELDOM, step))
                    .as("step %d, %s", step, steps.get(step - 1))
                    .isTrue();
            resumeWork(
                    step % 2 == 0 ? Fcp.alone() : Fcp.withRanks(3), "before step " + step + ", " + steps.get(step - 1));
        }
        return steps;
    }

    @Test
    void aCheckpointMayBeCutShortAtAnyStep() throws IOException {
        makeSource(300);
        List<String> steps = steps(Fcp.alone(), SLOW_MICROS, ALONE, OFTEN);
        int third = first(steps, "renameat .fcp/r/checkpoint.3/");

        for (int step : some(first(steps, "renameat .fcp/r/checkpoint.0/") + 1, third, 10)) {
            assertThat(kill(Fcp.alone(), SLOW_MICROS, ALONE, OFTEN, step))
                    .as("step %d, %s", step, steps.get(step - 1))
                    .isTrue();
            resumeWork(step % 2 == 0 ? Fcp.alone() : Fcp.withRanks(2), "before step " + step);
        }
    }

    @Test
    void aCheckpointOfSeveralRanksMayBeCutShortAtAnyStepOfTheFirst() throws IOException {
        cutShortUnderMpirun(0, "renameat .fcp/r/checkpoint.2/", 3);
    }

    @Test
    void aCheckpointOfSeveralRanksMayBeCutShortAtAnyStepOfAnother() throws IOException {
        cutShortUnderMpirun(1, "openat .fcp/r/snapshot.3.1/", 3);
    }

    private void cutShortUnderMpirun(int rank, String last, int atMost) throws IOException {
        Fcp.assumeOpenMpi();
        makeSource(500);
        List<String> steps = steps(Fcp.underMpirun(3), 3 * SLOW_MICROS, rank, OFTEN);

        for (int step : some(1, first(steps, last), atMost)) {
            assertThat(kill(Fcp.underMpirun(3), 3 * SLOW_MICROS, rank, OFTEN, step))
                    .as("step %d, about %s", step, steps.get(step - 1))
                    .isTrue();
            resumeWork(step % 2 == 0 ? Fcp.alone() : Fcp.withRanks(2), "before step " + step + " of rank " + rank);
        }
    }

    /** The steps of a rank in a run that nobody disturbs. */
    private List<String> steps(Fcp fcp, int slowMicros, int rank, String interval) throws IOException {
        Path log = scratch.resolve("log");
        Fatal.noting(fcp.in(folder), slowMicros, rank, log)
                .run("--threads=1", "--checkpoint-id=r", interval, "source", "copy")
                .assertCode(0);
        assertIsWhole("undisturbed");
        shell("rm -r copy");
        return Files.readAllLines(log, StandardCharsets.ISO_8859_1);
    }

    /** The number of the first step that is called so. */
    private static int first(List<String> steps, String name) {
        int step = steps.indexOf(name) + 1;
        assertThat(step).as("%s in %s", name, steps).isPositive();
        return step;
    }

    /** Steps from one to another, both of them among them. */
    private static Set<Integer> some(int from, int to, int atMost) {
        int count = ALL ? to - from + 1 : Math.min(atMost, to - from + 1);
        Set<Integer> steps = new TreeSet<>();
        IntStream.range(0, count).forEach(i -> steps.add(from + (to - from) * i / Math.max(1, count - 1)));
        return steps;
    }

    /** Begins a copy that is killed; whether it was. */
    private boolean kill(Fcp fcp, int slowMicros, int rank, String interval, int step) {
        try (Running running = Fatal.at(fcp.in(folder), slowMicros, rank, step)
                .start("--threads=1", "--checkpoint-id=r", interval, "source", "copy")) {
            Outcome outcome = running.await("fcp", Duration.ofMinutes(1));
            assertThat(outcome.err()).as(outcome.toString()).doesNotContain("\tat ", "Exception");
            return outcome.code() == 137;
        }
    }

    private void resumeWork(Fcp fcp, String when) {
        Outcome outcome = fcp.in(folder).run("--resume", "r", "copy");
        if (outcome.code() == 0) {
            assertIsWhole(when);
        } else {
            assertThat(outcome.code()).as(when + ": " + outcome).isEqualTo(2);
            assertBeganOrEnded(outcome, when);
        }
        shell("chmod -R u+rwx copy 2>/dev/null; rm -rf copy");
    }

    /**
     * What cannot be gone on with has copied nothing, or all but the metadata of the top; what it says to do then is
     * enough.
     */
    private void assertBeganOrEnded(Outcome outcome, String when) {
        boolean isEmpty = shell("[ ! -d copy ] || find copy -mindepth 1 -not -path 'copy/.fcp*'")
                .isEmpty();
        if (!isEmpty) {
            String changes = TreeComparison.rsyncChanges(
                    folder.resolve("source"), folder.resolve("copy"), "-aHc", "--delete", "--exclude=/.fcp");
            assertThat(changes.lines().filter(line -> !line.endsWith(" ./")))
                    .as(when + ": " + outcome)
                    .isEmpty();
        }
        if (outcome.err().contains("there is no checkpoint")) {
            shell("rm -r copy/.fcp/r; rmdir copy/.fcp");
        } else {
            outcome.assertOneComplaint("there is no such run");
            shell("[ ! -d copy/.fcp ] || rmdir copy/.fcp");
        }
        Fcp.alone().in(folder).run("--update=differing", "source", "copy").assertCode(0);
        assertIsWhole(when);
    }

    private void assertIsWhole(String when) {
        assertThat(TreeComparison.rsyncChanges(folder.resolve("source"), folder.resolve("copy"), "-aHc", "--delete"))
                .as(when)
                .isEmpty();
        assertThat(shell("find . -name '.fcp*'")).as(when).isEmpty();
    }

    private void makeSource(int files) {
        new SampleTree(5).directoryOfFiles(folder.resolve("source"), files, 3000);
        shell("cd source; mkdir below closed; ln file-1 below/linked; ln -s file-1 link; chmod 500 closed;"
                + " head -c 3M /dev/urandom > large; touch -d 2001-02-03 below closed .");
    }

    private String shell(String script) {
        return Command.shell(script).in(folder).run().assertCode(0).out();
    }
}
