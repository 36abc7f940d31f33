package org.pcircle.it.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.pcircle.it.support.Fcp;
import org.pcircle.it.support.SampleTree;
import org.pcircle.it.support.Scratch;
import org.pcircle.it.support.Slow;
import org.pcircle.it.support.Stats;

/** One directory and one file are work for all ranks, where the copy takes so long that sharing pays. */
class WorkSharingIT {

    private static final int RANKS = 4;
    private static final double SECONDS_MIN = 5;
    private static final double SHARE_MIN = 0.1;

    @AutoClose
    private final Scratch scratch = Scratch.create();

    @Test
    void everyRankCopiesATenthOfADirectoryOf50000Files() {
        new SampleTree(3).directoryOfFiles(scratch.resolve("source"), 50_000, 100);

        Stats stats = copySlowly(500);

        assertThat(stats.total("entries")).isEqualTo(50_001);
        assertShared(stats.perRank("entries"));
    }

    @Test
    void everyRankCopiesATenthOfABigFile() {
        scratch.shell("mkdir source; head -c 512M /dev/urandom > source/big");

        Stats stats = copySlowly(60_000);

        assertThat(stats.total("bytes")).isEqualTo(512 << 20);
        assertShared(stats.perRank("bytes"));
    }

    /** One worker a rank, so that the ranks are what shares. */
    private Stats copySlowly(int micros) {
        Fcp fcp = Slow.writes(Fcp.underMpirun(RANKS), micros).in(scratch);
        fcp.run("--threads=1", "--io=buffered", "--stats=stats.json", "source", "copy")
                .assertCode(0);
        scratch.assertSame("source", "copy");
        Stats stats = Stats.read(scratch.resolve("stats.json"));
        assertThat(stats.seconds()).isGreaterThan(SECONDS_MIN);
        return stats;
    }

    private static void assertShared(List<Long> amounts) {
        double least = amounts.stream().mapToLong(Long::longValue).sum() * SHARE_MIN;
        assertThat(amounts)
                .hasSize(RANKS)
                .allSatisfy(amount -> assertThat(amount.doubleValue()).isGreaterThanOrEqualTo(least));
    }
}
