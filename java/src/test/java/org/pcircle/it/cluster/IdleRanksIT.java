package org.pcircle.it.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.pcircle.it.support.Command;
import org.pcircle.it.support.Fcp;
import org.pcircle.it.support.Gate;
import org.pcircle.it.support.Jvm;
import org.pcircle.it.support.Running;
import org.pcircle.it.support.Scratch;

/** Three ranks of four have nothing to do while a worker of the fourth waits for a slow file system. */
class IdleRanksIT {

    private static final int RANKS = 4;
    private static final Duration SETTLED = Duration.ofSeconds(2);
    private static final Duration MEASURED = Duration.ofSeconds(4);
    /**
     * A thousand looks at MPI a second take 2 % of a core on a quiet machine, 5.5 % on a busy one; spinning takes all
     * of it.
     */
    private static final double CORE_SHARE_MAX = 0.1;

    /** Where utime stands in /proc/PID/stat behind the command's name; stime is next. */
    private static final int USER_TICKS_FIELD = 12;

    @AutoClose
    private final Scratch scratch = Scratch.create();

    @Test
    void ranksRestWhileAnotherWaits() throws Exception {
        scratch.shell("mkdir source; echo data > source/slow-file");
        Gate gate = new Gate(scratch, "slow-file");

        try (Running run = gate.stopping(Fcp.underMpirun(RANKS).in(scratch)).start("source", "copy")) {
            gate.awaitReached();
            Thread.sleep(SETTLED.toMillis());
            List<Jvm> ranks = run.ranks();
            assertThat(ranks).hasSize(RANKS);
            assertThat(coreShares(ranks)).allSatisfy(share -> assertThat(share).isLessThan(CORE_SHARE_MAX));
            gate.open();
            run.await("fcp", Duration.ofMinutes(1)).assertCode(0);
        }
        scratch.assertSame("source", "copy");
    }

    /** How much of a core each of the ranks uses; the one that waits only sleeps, too. */
    private static List<Double> coreShares(List<Jvm> ranks) throws Exception {
        List<Double> before = cpuSeconds(ranks);
        long begin = System.nanoTime();
        Thread.sleep(MEASURED.toMillis());
        double seconds = (System.nanoTime() - begin) / 1e9;
        List<Double> after = cpuSeconds(ranks);
        List<Double> shares = new ArrayList<>();
        for (int i = 0; i < ranks.size(); i++) {
            shares.add((after.get(i) - before.get(i)) / seconds);
        }
        return shares;
    }

    private static List<Double> cpuSeconds(List<Jvm> ranks) throws IOException {
        double ticksPerSecond = Double.parseDouble(
                Command.of("getconf", "CLK_TCK").run().assertCode(0).out());
        List<Double> seconds = new ArrayList<>();
        for (Jvm rank : ranks) {
            String stat = Files.readString(Path.of("/proc/" + rank.pid() + "/stat"));
            String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
            long ticks = Long.parseLong(fields[USER_TICKS_FIELD - 1]) + Long.parseLong(fields[USER_TICKS_FIELD]);
            seconds.add(ticks / ticksPerSecond);
        }
        return seconds;
    }
}
