package org.pcircle.work.largefile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.pcircle.work.largefile.LargeFileRun.KIB;
import static org.pcircle.work.largefile.LargeFileRun.MIB;
import static org.pcircle.work.largefile.LargeFileRun.OWNER;
import static org.pcircle.work.largefile.LargeFileRun.RANK;
import static org.pcircle.work.largefile.LargeFileRun.done;
import static org.pcircle.work.largefile.LargeFileRun.path;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.pcircle.circle.Notice;
import org.pcircle.digest.Algorithm;
import org.pcircle.digest.FileSum;
import org.pcircle.digest.Hasher;
import org.pcircle.digest.LeafRuns;
import org.pcircle.fs.Errno;
import org.pcircle.fs.Operation;
import org.pcircle.report.Counter;
import org.pcircle.work.ItemResult;
import org.pcircle.work.Samples;

/** What a worker does with a range, whatever the source, the target and the run do meanwhile. */
class CopyRangeRunTest {

    private final Hasher hasher = Algorithm.XXH64.newHasher();
    private final ItemResult result = new ItemResult();

    // ---- copied without digests ----

    @Test
    void theOwnerIsToldWhatIsCopied() {
        MemoryLargeFile open = filled(file(MIB, MIB));

        copy(open, file(MIB, MIB), 0, MIB);

        assertThat(open.target.hasSame(open.source, 0, MIB)).isTrue();
        assertThat(result.notices).hasSize(1);
        assertThat(result.notices.get(0).to()).isEqualTo(OWNER);
        assertThat(done(result)).containsExactly(new RangeDone(17, 0, MIB, null, null));
        assertThat(result.spawned).isEmpty();
        assertThat(Counter.BYTES.in(result.counters)).isEqualTo(MIB);
        assertThat(open.open).isZero();
    }

    @Test
    void whatIsLeftBehindOneChunkOfDataIsGivenBack() {
        LargeFile file = file(MIB, 256 * KIB);
        MemoryLargeFile open = new MemoryLargeFile(file, RANK);
        open.fillSource(128 * KIB, MIB);

        copy(open, file, 0, MIB);

        long end = 128 * KIB + 256 * KIB;
        assertThat(done(result)).containsExactly(new RangeDone(17, 0, end, null, null));
        assertThat(result.spawned).containsExactly(new CopyRange(file, end, MIB));
        assertThat(open.target.nextData(0, MIB)).as("the hole stays one").isEqualTo(128 * KIB);
    }

    @Test
    void aSourceThatEndsBeforeItsRangeEndsTheRange() {
        MemoryLargeFile open = filled(file(MIB, MIB));
        open.source.truncate(100 * KIB);

        copy(open, file(MIB, MIB), 512 * KIB, MIB);

        assertThat(done(result)).containsExactly(new RangeDone(17, 512 * KIB, MIB, null, null));
        assertThat(result.spawned).isEmpty();
        assertThat(Counter.BYTES.in(result.counters)).isZero();
    }

    @Test
    void aSourceThatShrinksWhileItIsReadIsCopiedToItsEnd() {
        LargeFile file = file(MIB, MIB);
        MemoryLargeFile open = filled(file);
        open.calls.before("read", 3, () -> open.source.truncate(150 * KIB));

        copy(open, file, 0, MIB);

        assertThat(done(result)).containsExactly(new RangeDone(17, 0, 150 * KIB, null, null));
        assertThat(result.spawned).as("finds the end").containsExactly(new CopyRange(file, 150 * KIB, MIB));
        assertThat(open.target.hasSame(open.source, 0, MIB)).isTrue();
    }

    @Test
    void whatASourceHasGrownByIsNotCopied() {
        LargeFile file = file(MIB, MIB);
        MemoryLargeFile open = filled(file);
        open.calls.before("read", 2, () -> open.fillSource(MIB, 2 * MIB));

        copy(open, file, 0, MIB);

        assertThat(done(result)).containsExactly(new RangeDone(17, 0, MIB, null, null));
        assertThat(open.target.length()).isEqualTo(MIB);
    }

    @ParameterizedTest
    @CsvSource({
        "openSource, OPEN, EACCES, source/large",
        "openTarget, CREATE, EACCES, target/large",
        "nextData, READ, EIO, source/large",
        "read, READ, EIO, source/large",
        "read, READ, ENOSPC, source/large",
        "write, WRITE, EIO, target/large",
        "close, FLUSH, EIO, target/large"
    })
    void aFailureIsToldOfAllThatIsNotDone(String call, Operation operation, Errno errno, String path) {
        LargeFile file = file(MIB, 256 * KIB);
        MemoryLargeFile open = filled(file);
        open.calls.fail(call, 1, operation, errno);

        copy(open, file, 512 * KIB, MIB);

        assertThat(done(result)).hasSize(1);
        RangeDone told = done(result).get(0);
        assertThat(told.from()).isEqualTo(512 * KIB);
        assertThat(told.to()).isEqualTo(MIB);
        assertThat(told.fault()).isNotNull();
        assertThat(path(told.fault())).isEqualTo(path);
        assertThat(told.fault().operation()).isEqualTo(operation);
        assertThat(told.fault().errno()).isEqualTo(errno.number());
        assertThat(result.spawned).isEmpty();
        assertThat(result.full()).isNull();
        assertThat(Counter.settledBytes(result.counters))
                .as("copied, or passed over")
                .isEqualTo(512 * KIB);
        assertThat(open.open).isZero();
    }

    @ParameterizedTest
    @CsvSource({"openTarget, CREATE, EDQUOT", "write, WRITE, ENOSPC", "close, FLUSH, EDQUOT", "close, CLOSE, ENOSPC"})
    void aRangeThatFindsTheDestinationFullGoesBackAsAWhole(String call, Operation operation, Errno errno) {
        LargeFile file = file(MIB, MIB);
        MemoryLargeFile open = filled(file);
        open.calls.fail(call, 1, operation, errno);
        CopyRange range = new CopyRange(file, 0, MIB, true);

        range.run(null, open, result);

        assertThat(result.full()).isNotNull();
        assertThat(path(result.full())).isEqualTo(MemoryLargeFile.TARGET);
        assertThat(result.spawned).containsExactly(range);
        assertThat(result.notices).isEmpty();
        assertThat(Counter.settledBytes(result.counters)).isZero();
        assertThat(open.open).isZero();

        ItemResult second = new ItemResult();
        range.run(null, open, second);
        assertThat(Counter.BYTES.in(second.counters))
                .as("what was copied in vain does not count with the next range")
                .isEqualTo(MIB);
    }

    @ParameterizedTest
    @EnumSource(names = {"EINTR", "EAGAIN"})
    void aRangeThatGivesUpAsTheRunStopsGoesBack(Errno errno) {
        LargeFile file = file(MIB, MIB);
        MemoryLargeFile open = filled(file);
        open.calls.before("write", 2, open.context::stop);
        open.calls.fail("write", 2, Operation.WRITE, errno);

        copy(open, file, 0, MIB);

        assertThat(result.spawned).containsExactly(new CopyRange(file, 0, MIB));
        assertThat(result.notices).isEmpty();
        assertThat(result.full()).isNull();
    }

    @Test
    void anInterruptionOfARunThatGoesOnIsAFailure() {
        LargeFile file = file(MIB, MIB);
        MemoryLargeFile open = filled(file);
        open.calls.fail("write", 2, Operation.WRITE, Errno.EINTR);

        copy(open, file, 0, MIB);

        assertThat(done(result).get(0).fault()).isNotNull();
        assertThat(result.spawned).isEmpty();
    }

    @Test
    void aFailureOfARunThatStopsIsAFailure() {
        LargeFile file = file(MIB, MIB);
        MemoryLargeFile open = filled(file);
        open.calls.before("write", 2, open.context::stop);
        open.calls.fail("write", 2, Operation.WRITE, Errno.EIO);

        copy(open, file, 0, MIB);

        assertThat(done(result).get(0).fault()).isNotNull();
        assertThat(result.spawned).isEmpty();
    }

    @Test
    void aRangeThatIsStoppedBeforeItsFirstByteHasNotEnded() {
        LargeFile file = file(MIB, MIB);
        MemoryLargeFile open = filled(file);
        open.context.stop();

        copy(open, file, 0, MIB);

        assertThat(result.spawned).containsExactly(new CopyRange(file, 0, MIB));
        assertThat(result.notices).isEmpty();
    }

    @Test
    void aRangeThatIsStoppedHasDoneWhatIsWritten() {
        LargeFile file = file(MIB, MIB);
        MemoryLargeFile open = filled(file);
        open.calls.before("write", 2, open.context::stop);

        copy(open, file, 0, MIB);

        long end = 2 * MemoryLargeFile.PIECE_BYTES;
        assertThat(done(result)).containsExactly(new RangeDone(17, 0, end, null, null));
        assertThat(result.spawned).containsExactly(new CopyRange(file, end, MIB));
        assertThat(Counter.BYTES.in(result.counters)).isEqualTo(end);
    }

    @Property(tries = 200)
    void whateverBecomesOfASourceEachByteIsSettledOnce(
            @ForAll @IntRange(min = 1, max = 1000) int kib,
            @ForAll @IntRange(min = 1, max = 500) int chunkKib,
            @ForAll @IntRange(max = 1200) int kibThen,
            @ForAll @IntRange(min = 1, max = 20) int read) {
        LargeFile file = file(kib * KIB, chunkKib * KIB);
        MemoryLargeFile open = filled(file);
        open.calls.before("read", read, () -> open.source.truncate(kibThen * KIB));
        LargeFileRun run = new LargeFileRun(open, item -> null, null, false);

        run.copy(file);

        assertThat(run.remaining.isEmpty()).isTrue();
        assertThat(run.settledBytes).as("none of them twice").isEqualTo(kib * KIB);
        assertThat(run.faults).isEmpty();
        boolean isStill = open.calls.count("read") < read;
        assertThat(open.target.hasSame(open.source, 0, isStill ? kib * KIB : 0)).isTrue();
    }

    // ---- read for the signature ----

    @ParameterizedTest
    @EnumSource
    void theSumIsThatOfTheContent(LargeFile.Target target) {
        long bytes = 2 * MIB + 777;
        LargeFile file = Samples.largeFile(bytes, 10 * MIB, target);
        MemoryLargeFile open = filled(file);

        new CopyRange(file, 0, bytes).run(LeafCollector.toSign(hasher, new LeafRuns(0)), open, result);

        RangeDone told = done(result).get(0);
        assertThat(told.to()).isEqualTo(bytes);
        assertThat(digest(told.sum(), bytes)).isEqualTo(digestOf(open.source, bytes));
        boolean isWritten = target == LargeFile.Target.GROWING;
        assertThat(open.calls.count("write")).isEqualTo(isWritten ? 3 : 0);
        assertThat(open.target.hasSame(open.source, 0, bytes)).isEqualTo(isWritten);
        assertThat(Counter.BYTES.in(result.counters))
                .as("a clone was counted when it was made")
                .isEqualTo(target == LargeFile.Target.FILLED ? 0 : bytes);
        assertThat(open.manifest).hasSize(1);
        assertThat(open.manifest.get(0).runs()).hasSize(3);
    }

    @Test
    void whatASourceLacksCountsAsZerosAsInTheTarget() {
        LargeFile file = file(2 * MIB, 10 * MIB);
        MemoryLargeFile open = filled(file);
        open.calls.before("read", 2, () -> open.source.truncate(MIB + 100));

        new CopyRange(file, 0, 2 * MIB).run(LeafCollector.toSign(hasher, null), open, result);

        open.source.truncate(2 * MIB);
        RangeDone told = done(result).get(0);
        assertThat(told.to()).isEqualTo(2 * MIB);
        assertThat(digest(told.sum(), 2 * MIB)).isEqualTo(digestOf(open.source, 2 * MIB));
        assertThat(digest(told.sum(), 2 * MIB)).isEqualTo(digestOf(open.target, 2 * MIB));
    }

    @Test
    void leavesInHolesAreNotRead() {
        LargeFile file = file(8 * MIB, 10 * MIB);
        MemoryLargeFile open = new MemoryLargeFile(file, RANK);
        open.fillSource(5 * MIB + 100, 5 * MIB + 200);

        new CopyRange(file, 0, 8 * MIB).run(LeafCollector.toSign(hasher, null), open, result);

        RangeDone told = done(result).get(0);
        assertThat(told.to()).isEqualTo(8 * MIB);
        assertThat(digest(told.sum(), 8 * MIB)).isEqualTo(digestOf(open.source, 8 * MIB));
        assertThat(open.calls.count("read")).isEqualTo(1);
    }

    @Test
    void aChunkOfLeavesIsReadAtATime() {
        LargeFile file = file(4 * MIB, 2 * MIB);
        MemoryLargeFile open = filled(file);

        new CopyRange(file, 0, 4 * MIB).run(LeafCollector.toSign(hasher, null), open, result);

        assertThat(done(result).get(0).to()).isEqualTo(2 * MIB);
        assertThat(result.spawned).containsExactly(new CopyRange(file, 2 * MIB, 4 * MIB));
    }

    @Test
    void leavesThatWereReadBeforeAStopCount() {
        LargeFile file = file(4 * MIB, 10 * MIB);
        MemoryLargeFile open = filled(file);
        open.calls.before("stopped", 2, open.context::stop);

        new CopyRange(file, 0, 4 * MIB).run(LeafCollector.toSign(hasher, null), open, result);

        RangeDone told = done(result).get(0);
        assertThat(told.to()).isEqualTo(MIB);
        assertThat(digest(told.sum(), MIB)).isEqualTo(digestOf(open.source, MIB));
        assertThat(result.spawned).containsExactly(new CopyRange(file, MIB, 4 * MIB));
    }

    @Test
    void aFailureAmidLeavesHasNoSum() {
        LargeFile file = file(4 * MIB, 10 * MIB);
        MemoryLargeFile open = filled(file);
        open.calls.fail("read", 3, Operation.READ, Errno.EIO);

        new CopyRange(file, 0, 4 * MIB).run(LeafCollector.toSign(hasher, new LeafRuns(0)), open, result);

        RangeDone told = done(result).get(0);
        assertThat(told.to()).isEqualTo(4 * MIB);
        assertThat(told.fault()).isNotNull();
        assertThat(told.sum()).isNull();
        assertThat(open.manifest).isEmpty();
        assertThat(Counter.PASSED_BYTES.in(result.counters)).isEqualTo(4 * MIB);
    }

    @Test
    void aFailedCloseSaysThatNothingHasArrived() {
        LargeFile file = file(2 * MIB, 10 * MIB);
        MemoryLargeFile open = filled(file);
        open.calls.fail("close", 1, Operation.CLOSE, Errno.EIO);

        new CopyRange(file, 0, 2 * MIB).run(LeafCollector.toSign(hasher, new LeafRuns(0)), open, result);

        assertThat(done(result).get(0).fault()).isNotNull();
        assertThat(done(result).get(0).sum()).isNull();
        assertThat(Counter.BYTES.in(result.counters)).isZero();
    }

    // ---- copied to be verified ----

    @Test
    void theOwnRankIsToldTheDigestsOfWhatIsToBeVerified() {
        LargeFile file = file(2 * MIB + 5, 10 * MIB);
        MemoryLargeFile open = filled(file);

        new CopyRange(file, 0, 2 * MIB + 5).run(LeafCollector.toVerify(hasher, false), open, result);

        assertThat(result.notices).hasSize(1);
        Notice.Addressed told = result.notices.get(0);
        assertThat(told.to()).isEqualTo(RANK);
        RangeFlushed flushed = (RangeFlushed) told.notice();
        assertThat(flushed.to()).isEqualTo(2 * MIB + 5);
        FileSum sum = new FileSum(Algorithm.XXH64);
        sum.addLeaves(0, flushed.digests(), hasher);
        assertThat(digest(sum, 2 * MIB + 5)).isEqualTo(digestOf(open.source, 2 * MIB + 5));
        assertThat(Counter.BYTES.in(result.counters)).isEqualTo(2 * MIB + 5);
    }

    @Test
    void aHoleOfAnyLengthIsOneRangeToVerifyWithoutDigests() {
        LargeFile file = file(1L << 50, 16 * MIB);
        MemoryLargeFile open = new MemoryLargeFile(file, RANK);
        open.fillSource((1L << 49) + 100, (1L << 49) + 200);

        new CopyRange(file, 0, 1L << 50).run(LeafCollector.toVerify(hasher, false), open, result);

        RangeFlushed flushed = (RangeFlushed) result.notices.get(0).notice();
        assertThat(flushed.to()).isEqualTo(1L << 49);
        assertThat(flushed.digests().count()).isZero();
        assertThat(result.spawned).containsExactly(new CopyRange(file, 1L << 49, 1L << 50));
    }

    @Test
    void aHoleWhoseLeavesEnterASignatureIsTakenInParts() {
        LargeFile file = file(1L << 42, 16 * MIB);
        MemoryLargeFile open = new MemoryLargeFile(file, RANK);

        new CopyRange(file, 0, 1L << 42).run(LeafCollector.toVerify(hasher, true), open, result);

        RangeFlushed flushed = (RangeFlushed) result.notices.get(0).notice();
        assertThat(flushed.to()).isEqualTo(1L << 40);
        assertThat(result.spawned).containsExactly(new CopyRange(file, 1L << 40, 1L << 42));
    }

    @Test
    void aRangeToVerifyHasABoundedNumberOfDigests() {
        assertThat(LeafCollector.toVerify(hasher, false).endMax(5 * MIB, 1L << 40))
                .isEqualTo(261 * MIB);
        assertThat(LeafCollector.toVerify(hasher, false).endMax(5 * MIB, 6 * MIB))
                .isEqualTo(6 * MIB);
        assertThat(LeafCollector.toSign(hasher, null).endMax(5 * MIB, 1L << 40)).isEqualTo(1L << 40);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aSecondCopyBeginsWithAHole(boolean isHole) {
        LargeFile file = Samples.largeFile(4 * MIB, 10 * MIB, LargeFile.Target.FILLED);
        MemoryLargeFile open = new MemoryLargeFile(file, RANK);
        if (!isHole) {
            open.fillSource(MIB + 1000, MIB + 2000);
        }
        byte[] rubbish = {1, 2, 3};
        open.target.write(rubbish, 3, 4096);
        open.target.write(rubbish, 3, MIB);
        open.target.write(rubbish, 3, 3 * MIB - 3);
        open.target.write(rubbish, 3, 3 * MIB);

        new CopyRange(file, MIB, 3 * MIB, true).run(LeafCollector.toVerify(hasher, false), open, result);

        assertThat(open.cleared).containsExactly(List.of(MIB, 3 * MIB));
        assertThat(open.target.hasSame(open.source, MIB, 3 * MIB)).isTrue();
        assertThat(open.target.hasSame(open.source, 0, MIB)).as("of others").isFalse();
        assertThat(open.target.hasSame(open.source, 3 * MIB, 4 * MIB))
                .as("of others")
                .isFalse();
        assertThat(((RangeFlushed) result.notices.get(0).notice()).again()).isTrue();
        assertThat(Counter.BYTES.in(result.counters)).as("counted by the first").isZero();
    }

    @Test
    void aFirstCopyClearsNothing() {
        LargeFile file = file(2 * MIB, 10 * MIB);
        MemoryLargeFile open = filled(file);

        new CopyRange(file, 0, 2 * MIB).run(LeafCollector.toVerify(hasher, false), open, result);

        assertThat(open.cleared).isEmpty();
    }

    @Test
    void aTargetThatCannotBeClearedIsAFailure() {
        LargeFile file = file(2 * MIB, 10 * MIB);
        MemoryLargeFile open = filled(file);
        open.calls.fail("clear", 1, Operation.WRITE, Errno.EIO);

        new CopyRange(file, 0, 2 * MIB, true).run(LeafCollector.toVerify(hasher, false), open, result);

        RangeDone told = done(result).get(0);
        assertThat(told.to()).isEqualTo(2 * MIB);
        assertThat(told.fault()).isNotNull();
        assertThat(path(told.fault())).isEqualTo(MemoryLargeFile.TARGET);
        assertThat(open.open).isZero();
    }

    private void copy(MemoryLargeFile open, LargeFile file, long from, long to) {
        new CopyRange(file, from, to).run(null, open, result);
    }

    private static LargeFile file(long bytes, long chunkBytes) {
        return Samples.largeFile(bytes, chunkBytes);
    }

    private static MemoryLargeFile filled(LargeFile file) {
        MemoryLargeFile open = new MemoryLargeFile(file, RANK);
        open.fillSource(0, file.bytes());
        return open;
    }

    private byte[] digest(@Nullable FileSum sum, long bytes) {
        assertThat(sum).isNotNull();
        return sum.digest(bytes, hasher);
    }

    private byte[] digestOf(MemoryFile content, long bytes) {
        return LargeFileRun.digestOf(content, bytes, hasher);
    }
}
