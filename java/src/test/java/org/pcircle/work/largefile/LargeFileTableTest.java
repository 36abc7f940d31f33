package org.pcircle.work.largefile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.pcircle.circle.Effects;
import org.pcircle.circle.Notice;
import org.pcircle.digest.Algorithm;
import org.pcircle.digest.FileSum;
import org.pcircle.digest.Hasher;
import org.pcircle.digest.Leaf;
import org.pcircle.fs.Operation;
import org.pcircle.report.Counter;
import org.pcircle.report.Fault;
import org.pcircle.work.FaultsFound;
import org.pcircle.work.Samples;

class LargeFileTableTest {

    private final LargeFileTable files =
            new LargeFileTable(new long[Counter.COUNT], (root, path, entries, bytes, ns) -> {});
    private final Hasher hasher = Algorithm.XXH64.newHasher();
    private final Fault fault = new Fault(new byte[] {'x'}, Operation.READ, 5);

    @Test
    void aFileIsFinishedWhenItsLastRangeIsDone() {
        CopyRange all = open(100);
        assertThat(files.done(done(all, 50, 100))).isNull();
        assertThat(files.done(done(all, 0, 50))).isEqualTo(new FinishLargeFile(all.file(), false, null));
        assertThat(files.unfinished()).as("not before it is renamed").containsExactly(all.file());
        files.close(all.file());
        assertThat(files.unfinished()).isEmpty();
    }

    @Test
    void aRangeThatIsDoneTwiceCountsOnce() {
        CopyRange all = open(100);
        assertThat(files.done(done(all, 0, 60))).isNull();
        assertThat(files.done(done(all, 0, 60))).isNull();
        assertThat(files.unfinished()).containsExactly(all.file());
        assertThat(files.done(done(all, 40, 100))).isEqualTo(new FinishLargeFile(all.file(), false, null));
    }

    @Test
    void aFileFailsOnceHoweverManyOfItsRangesDo() {
        CopyRange all = open(100);
        RangeDone first = new RangeDone(all.file().number(), 0, 50, fault, null);
        Effects told = files.settle(first);
        assertThat(told.items()).isEmpty();
        assertThat(told.notices()).containsExactly(new Notice.Addressed(0, new FaultsFound(List.of(fault))));
        RangeDone second = new RangeDone(all.file().number(), 50, 100, fault, null);
        assertThat(files.settle(second)).isEqualTo(Effects.of(new FinishLargeFile(all.file(), true, null)));
    }

    @Test
    void theSumOfARangeThatIsDoneTwiceCountsOnce() {
        CopyRange all = open(3 * Leaf.BYTES);
        long number = all.file().number();
        assertThat(files.done(new RangeDone(number, 0, Leaf.BYTES, null, sum(0))))
                .isNull();
        assertThat(files.done(new RangeDone(number, 0, Leaf.BYTES, null, sum(0))))
                .isNull();

        FinishLargeFile finish =
                (FinishLargeFile) files.done(new RangeDone(number, Leaf.BYTES, 3 * Leaf.BYTES, null, sum(1, 2)));

        assertThat(digest(finish.sum())).isEqualTo(digest(sum(2, 1, 0)));
    }

    @Test
    void aSumThatCountsPartlyIsRefused() {
        CopyRange all = open(3 * Leaf.BYTES);
        long number = all.file().number();
        files.done(new RangeDone(number, 0, 2 * Leaf.BYTES, null, sum(0, 1)));
        RangeDone overlapping = new RangeDone(number, Leaf.BYTES, 3 * Leaf.BYTES, null, sum(1, 2));

        assertThatThrownBy(() -> files.done(overlapping)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void aFileThatHasItsDataIsOnlyFinished() {
        FinishLargeFile finish = (FinishLargeFile) files.openFilled(Samples.largeFile(100, 10));
        assertThat(finish.failed()).isFalse();
        assertThat(files.unfinished()).containsExactly(finish.file());
    }

    @Test
    void aFileThatIsOnlyReadIsAddedToTheSignature() {
        CopyRange all = (CopyRange) files.open(Samples.largeFile(Leaf.BYTES, Leaf.BYTES, LargeFile.Target.NONE));

        FinishLargeSum finish =
                (FinishLargeSum) files.done(new RangeDone(all.file().number(), 0, Leaf.BYTES, null, sum(0)));

        assertThat(finish.failed()).isFalse();
        assertThat(digest(finish.sum())).isEqualTo(digest(sum(0)));
    }

    private FileSum sum(int... leaves) {
        FileSum sum = new FileSum(Algorithm.XXH64);
        for (int leaf : leaves) {
            sum.addZeros(leaf, leaf + 1, hasher);
        }
        return sum;
    }

    private byte[] digest(FileSum sum) {
        return sum.digest(3 * Leaf.BYTES, hasher);
    }

    private CopyRange open(long bytes) {
        return (CopyRange) files.open(Samples.largeFile(bytes, 10));
    }

    private static RangeDone done(CopyRange range, long from, long to) {
        return new RangeDone(range.file().number(), from, to, null, null);
    }
}
