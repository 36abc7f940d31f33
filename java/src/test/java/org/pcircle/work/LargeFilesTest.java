package org.pcircle.work;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.pcircle.fs.Operation;
import org.pcircle.report.Fault;

class LargeFilesTest {

    private final LargeFiles files = new LargeFiles();
    private final Fault fault = new Fault(new byte[] {'x'}, Operation.READ, 5);

    @Test
    void aFileIsFinishedWhenItsLastRangeIsDone() {
        CopyRange all = open(100);
        assertThat(files.done(done(all, 50, 100))).isNull();
        assertThat(files.done(done(all, 0, 50))).isEqualTo(new FinishFile(all.file(), false));
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
        assertThat(files.done(done(all, 40, 100))).isEqualTo(new FinishFile(all.file(), false));
    }

    @Test
    void aFileFailsOnceHoweverManyOfItsRangesDo() {
        CopyRange all = open(100);
        RangeDone first = new RangeDone(all.file().number(), 0, 50, fault);
        assertThat(files.firstFault(first)).isEqualTo(fault);
        assertThat(files.done(first)).isNull();
        RangeDone second = new RangeDone(all.file().number(), 50, 100, fault);
        assertThat(files.firstFault(second)).isNull();
        assertThat(files.done(second)).isEqualTo(new FinishFile(all.file(), true));
    }

    @Test
    void aFileThatHasItsDataIsOnlyFinished() {
        FinishFile finish = (FinishFile) files.openFilled(Samples.largeFile(100, 10));
        assertThat(finish.failed()).isFalse();
        assertThat(files.unfinished()).containsExactly(finish.file());
    }

    private CopyRange open(long bytes) {
        return (CopyRange) files.open(Samples.largeFile(bytes, 10));
    }

    private static RangeDone done(CopyRange range, long from, long to) {
        return new RangeDone(range.file().number(), from, to, null);
    }
}
