package org.pcircle.work.largefile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.pcircle.work.largefile.LargeFileRun.MIB;
import static org.pcircle.work.largefile.LargeFileRun.OWNER;
import static org.pcircle.work.largefile.LargeFileRun.RANK;
import static org.pcircle.work.largefile.LargeFileRun.done;
import static org.pcircle.work.largefile.LargeFileRun.path;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.pcircle.circle.Notice;
import org.pcircle.digest.Algorithm;
import org.pcircle.digest.FileSum;
import org.pcircle.digest.Hasher;
import org.pcircle.digest.Leaf;
import org.pcircle.digest.LeafDigests;
import org.pcircle.fs.Errno;
import org.pcircle.fs.Operation;
import org.pcircle.report.Counter;
import org.pcircle.work.ItemResult;
import org.pcircle.work.Samples;

/** What reading back finds in a target, and what is done about it. */
class VerifyRangeTest {

    private static final int OTHER_RANK = 6;

    private final Hasher hasher = Algorithm.XXH64.newHasher();
    private final ItemResult result = new ItemResult();

    // ---- right ----

    @Test
    void theOwnerIsToldWhatIsRight() {
        MemoryLargeFile open = copied(3 * MIB + 9);

        range(open, MIB, 3 * MIB + 9, false).run(hasher, false, open, result);

        assertThat(result.notices).hasSize(1);
        assertThat(result.notices.get(0).to()).isEqualTo(OWNER);
        assertThat(done(result)).containsExactly(new RangeDone(17, MIB, 3 * MIB + 9, null, null));
        assertThat(result.spawned).isEmpty();
        assertThat(Counter.VERIFIED.in(result.counters)).isEqualTo(2 * MIB + 9);
        assertThat(Counter.VERIFIED_FOR_OTHERS.in(result.counters)).isZero();
        assertThat(Counter.REPAIRED.in(result.counters)).isZero();
        assertThat(Counter.UNPROVEN.in(result.counters)).isZero();
        assertThat(open.open).isZero();
    }

    @Test
    void theWriterHearsOfARangeThatItHasSent() {
        MemoryLargeFile open = copied(MIB);

        range(open, 0, MIB, false, OTHER_RANK).sent().run(hasher, false, open, result);

        assertThat(result.notices).hasSize(2);
        assertThat(result.notices.get(1)).isEqualTo(new Notice.Addressed(OTHER_RANK, new VerifyReply()));
        assertThat(Counter.VERIFIED_FOR_OTHERS.in(result.counters)).isEqualTo(MIB);
    }

    @Test
    void whatIsReadFromMemoryProvesNothing() {
        MemoryLargeFile open = copied(MIB);
        open.isTargetInMemory = true;

        range(open, 0, MIB, false).run(hasher, false, open, result);

        assertThat(Counter.UNPROVEN.in(result.counters)).isEqualTo(1);
        assertThat(done(result)).hasSize(1);
    }

    @Test
    void theSumOfARangeIsThatOfItsContent() {
        long bytes = 3 * MIB + 9;
        MemoryLargeFile open = copied(bytes);
        FileSum sum = new FileSum(Algorithm.XXH64);

        range(open, 2 * MIB, bytes, false).run(hasher, true, open, result);
        range(open, 0, 2 * MIB, false).run(hasher, true, open, result);

        done(result).forEach(told -> sum.add(told.sum()));
        assertThat(sum.digest(bytes, hasher)).isEqualTo(LargeFileRun.digestOf(open.source, bytes, hasher));
    }

    @Test
    void aHoleIsRightWithoutBeingRead() {
        MemoryLargeFile open = new MemoryLargeFile(Samples.largeFile(1L << 50, MIB), RANK);

        hole(open, 0, 1L << 50).run(hasher, false, open, result);

        assertThat(done(result)).containsExactly(new RangeDone(17, 0, 1L << 50, null, null));
        assertThat(open.calls.count("readBack")).isZero();
    }

    @Test
    void writtenZerosAreRightInAHole() {
        MemoryLargeFile open = new MemoryLargeFile(Samples.largeFile(4 * MIB, MIB), RANK);
        open.target.write(new byte[1000], 1000, 2 * MIB + 10);

        hole(open, 0, 4 * MIB).run(hasher, true, open, result);

        FileSum sum = new FileSum(Algorithm.XXH64);
        done(result).forEach(told -> sum.add(told.sum()));
        assertThat(sum.digest(4 * MIB, hasher)).isEqualTo(LargeFileRun.digestOf(open.source, 4 * MIB, hasher));
        assertThat(result.spawned).isEmpty();
    }

    @Test
    void aLeafOfZerosInAHoleIsNotRead() {
        LargeFile file = Samples.largeFile(3 * MIB, MIB);
        MemoryLargeFile open = new MemoryLargeFile(file, RANK);
        open.fillSource(0, 10);
        open.target.write(read(open.source, 10), 10, 0);

        range(open, 0, 3 * MIB, false).run(hasher, false, open, result);

        assertThat(done(result)).containsExactly(new RangeDone(17, 0, 3 * MIB, null, null));
        assertThat(open.calls.count("readBack")).as("two leaves at a time").isEqualTo(1);
    }

    // ---- wrong ----

    @Property(tries = 40)
    void wrongLeavesAndNoOthersAreCopiedOnceMore(
            @ForAll @Size(max = 5) List<@IntRange(max = 5) Integer> leaves, @ForAll @IntRange(max = 1000) int place) {
        long bytes = 5 * MIB + 2000;
        MemoryLargeFile open = copied(bytes);
        leaves.stream().distinct().forEach(leaf -> open.target.flipBit(leaf * MIB + place));
        ItemResult found = new ItemResult();

        range(open, 0, bytes, false).run(hasher, false, open, found);

        boolean[] isWrong = new boolean[6];
        IntervalSet all = new IntervalSet(0, bytes);
        long sum = 0;
        for (RangeDone right : done(found)) {
            assertThat(right.fault()).isNull();
            all.subtract(right.from(), right.to());
            sum += right.to() - right.from();
        }
        for (CopyRange wrong : copies(found)) {
            assertThat(wrong.again()).isTrue();
            all.subtract(wrong.from(), wrong.to());
            sum += wrong.to() - wrong.from();
            for (long at = wrong.from(); at < wrong.to(); at += MIB) {
                isWrong[(int) Leaf.index(at)] = true;
            }
        }
        assertThat(all.isEmpty()).isTrue();
        assertThat(sum).as("none of them twice").isEqualTo(bytes);
        for (int leaf = 0; leaf < isWrong.length; leaf++) {
            assertThat(isWrong[leaf]).isEqualTo(leaves.contains(leaf));
        }
    }

    @Test
    void aTargetThatEndsTooEarlyIsWrong() {
        MemoryLargeFile open = copied(3 * MIB);
        open.target.truncate(2 * MIB + 100);

        range(open, 0, 3 * MIB, false).run(hasher, false, open, result);

        assertThat(done(result)).containsExactly(new RangeDone(17, 0, 2 * MIB, null, null));
        assertThat(copies(result)).containsExactly(new CopyRange(open.file, 2 * MIB, 3 * MIB, true));
    }

    /** What the buffer still has of another leaf is not the target's. */
    @Test
    void aTargetOfEqualLeavesThatEndsTooEarlyIsWrong() {
        MemoryLargeFile open = new MemoryLargeFile(open(4 * MIB), RANK);
        open.fillSource(0, MIB);
        byte[] leaf = read(open.source, Leaf.BYTES);
        for (long at = 0; at < 4 * MIB; at += MIB) {
            open.source.write(leaf, Leaf.BYTES, at);
            open.target.write(leaf, Leaf.BYTES, at);
        }
        open.target.truncate(3 * MIB - 100);

        range(open, 0, 4 * MIB, false).run(hasher, false, open, result);

        assertThat(copies(result)).containsExactly(new CopyRange(open.file, 2 * MIB, 4 * MIB, true));
    }

    @Test
    void dataInAHoleIsWrong() {
        MemoryLargeFile open = new MemoryLargeFile(open(4 * MIB), RANK);
        open.target.flipBit(2 * MIB + 10);

        hole(open, 0, 4 * MIB).run(hasher, false, open, result);

        assertThat(copies(result)).containsExactly(new CopyRange(open.file, 2 * MIB, 3 * MIB, true));
        assertThat(done(result)).hasSize(2);
    }

    @Test
    void aHoleInPlaceOfDataIsWrong() {
        MemoryLargeFile open = copied(2 * MIB);
        open.target.punch(0, MIB);

        range(open, 0, 2 * MIB, false).run(hasher, false, open, result);

        assertThat(copies(result)).containsExactly(new CopyRange(open.file, 0, MIB, true));
    }

    @Test
    void aRangeThatIsRightAfterItsSecondCopyIsRepaired() {
        MemoryLargeFile open = copied(2 * MIB);

        range(open, 0, 2 * MIB, true).run(hasher, false, open, result);

        assertThat(Counter.REPAIRED.in(result.counters)).isEqualTo(1);
        assertThat(done(result).get(0).fault()).isNull();
    }

    @Test
    void aRangeThatIsWrongAfterItsSecondCopyIsAMismatch() {
        MemoryLargeFile open = copied(3 * MIB);
        open.target.flipBit(MIB);

        range(open, 0, 3 * MIB, true).run(hasher, true, open, result);

        assertThat(result.spawned).as("no third copy").isEmpty();
        RangeDone wrong = done(result).get(1);
        assertThat(wrong.from()).isEqualTo(MIB);
        assertThat(wrong.to()).isEqualTo(2 * MIB);
        assertThat(wrong.sum()).isNull();
        assertThat(wrong.fault()).isNotNull();
        assertThat(wrong.fault().isMismatch()).isTrue();
        assertThat(path(wrong.fault())).isEqualTo(MemoryLargeFile.TARGET);
        assertThat(wrong.fault().from()).isEqualTo(MIB);
        assertThat(wrong.fault().to()).isEqualTo(2 * MIB);
        assertThat(Counter.MISMATCHES.in(result.counters)).isEqualTo(1);
        assertThat(Counter.VERIFIED.in(result.counters)).isEqualTo(2 * MIB);
    }

    // ---- neither ----

    @ParameterizedTest
    @CsvSource({"openTarget, EACCES", "openTarget, ENOENT", "nextData, EIO", "readBack, EIO"})
    void aHostThatCannotVerifySaysSo(String call, Errno errno) {
        MemoryLargeFile open = copied(2 * MIB);
        open.calls.fail(call, 1, Operation.VERIFY, errno);

        range(open, MIB, 2 * MIB, false, OTHER_RANK).sent().run(hasher, false, open, result);

        assertThat(done(result)).hasSize(1);
        RangeDone told = done(result).get(0);
        assertThat(told.from()).isEqualTo(MIB);
        assertThat(told.to()).isEqualTo(2 * MIB);
        assertThat(told.fault()).isNotNull();
        assertThat(told.fault().isMismatch()).isFalse();
        assertThat(told.fault().errno()).isEqualTo(errno.number());
        assertThat(result.spawned).isEmpty();
        assertThat(result.notices).contains(new Notice.Addressed(OTHER_RANK, new VerifyReply()));
        assertThat(open.open).isZero();
    }

    @Test
    void whatWasReadBeforeAFailureCounts() {
        MemoryLargeFile open = copied(5 * MIB);
        open.target.flipBit(0);
        open.calls.fail("readBack", 2, Operation.VERIFY, Errno.EIO);

        range(open, 0, 5 * MIB, false).run(hasher, false, open, result);

        assertThat(copies(result)).containsExactly(new CopyRange(open.file, 0, MIB, true));
        assertThat(done(result)).hasSize(1);
        RangeDone failed = done(result).get(0);
        assertThat(failed.from()).isEqualTo(MIB);
        assertThat(failed.to()).isEqualTo(5 * MIB);
        assertThat(failed.fault()).isNotNull();
        assertThat(failed.fault().isMismatch()).isFalse();
        assertThat(path(failed.fault())).isEqualTo(MemoryLargeFile.TARGET);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void whatAStopLeavesIsVerifiedLater(boolean isInterrupted) {
        MemoryLargeFile open = copied(5 * MIB + 9);
        open.target.flipBit(0);
        if (isInterrupted) {
            open.calls.before("readBack", 2, open.context::stop);
            open.calls.fail("readBack", 2, Operation.VERIFY, Errno.EINTR);
        } else {
            open.calls.before("stopped", 2, open.context::stop);
        }
        VerifyRange all = range(open, 0, 5 * MIB + 9, false, OTHER_RANK).sent();

        all.run(hasher, false, open, result);

        assertThat(done(result)).isEmpty();
        assertThat(result.spawned).hasSize(2);
        VerifyRange left = (VerifyRange) result.spawned.get(1);
        assertThat(left.from()).isEqualTo(MIB);
        assertThat(left.to()).isEqualTo(5 * MIB + 9);
        assertThat(left.isSent()).as("the reply has been given").isFalse();
        assertThat(left.writer()).isEqualTo(OTHER_RANK);
        assertThat(result.notices).containsExactly(new Notice.Addressed(OTHER_RANK, new VerifyReply()));
        ItemResult later = new ItemResult();
        left.run(hasher, false, running(open), later);
        assertThat(done(later))
                .as("its digests are its own")
                .containsExactly(new RangeDone(17, MIB, 5 * MIB + 9, null, null));
    }

    @Test
    void anInterruptionOfARunThatGoesOnIsAFailure() {
        MemoryLargeFile open = copied(MIB);
        open.calls.fail("readBack", 1, Operation.VERIFY, Errno.EINTR);

        range(open, 0, MIB, false).run(hasher, false, open, result);

        assertThat(done(result).get(0).fault()).isNotNull();
        assertThat(result.spawned).isEmpty();
    }

    // ---- together with the copy ----

    @Property(tries = 40)
    void whatIsDamagedOnceIsRepaired(
            @ForAll @Size(max = 4) List<@IntRange(min = 1, max = 6) Integer> copies, @ForAll boolean signs) {
        LargeFile file = Samples.largeFile(6 * MIB + 9, 2 * MIB);
        MemoryLargeFile open = new MemoryLargeFile(file, RANK);
        open.fillSource(0, 3 * MIB);
        open.fillSource(5 * MIB, 6 * MIB + 9);
        Set<Long> damaged = new HashSet<>();
        for (int copy : copies) {
            open.calls.before("close", copy, () -> {
                if (open.written >= 0 && damaged.add(open.written)) {
                    open.target.flipBit(open.written);
                }
            });
        }
        LargeFileRun run = new LargeFileRun(open, range -> LeafCollector.toVerify(hasher, signs), hasher, signs);

        run.copy(file);

        assertThat(open.target.hasSame(open.source, 0, file.bytes())).isTrue();
        assertThat(run.faults).isEmpty();
        assertThat(run.remaining.isEmpty()).isTrue();
        assertThat(run.settledBytes).as("none of them twice").isEqualTo(file.bytes());
        assertThat(Counter.REPAIRED.in(run.counters)).isEqualTo(damaged.size());
        assertThat(Counter.VERIFIED.in(run.counters)).isEqualTo(file.bytes());
        assertThat(Counter.BYTES.in(run.counters)).isEqualTo(file.bytes());
        if (signs) {
            byte[] expected = LargeFileRun.digestOf(open.source, file.bytes(), hasher);
            assertThat(run.sum.digest(file.bytes(), hasher)).isEqualTo(expected);
        }
    }

    @Test
    void aTargetThatIsDamagedEachTimeIsAMismatchOfThatLeaf() {
        LargeFile file = Samples.largeFile(4 * MIB, 4 * MIB);
        MemoryLargeFile open = new MemoryLargeFile(file, RANK);
        open.fillSource(0, 4 * MIB);
        open.calls.before("close", 1, () -> open.target.flipBit(2 * MIB));
        open.calls.before("close", 2, () -> open.target.flipBit(2 * MIB));
        LargeFileRun run = new LargeFileRun(open, range -> LeafCollector.toVerify(hasher, false), hasher, false);

        run.copy(file);

        assertThat(run.faults).hasSize(1);
        assertThat(run.faults.get(0).isMismatch()).isTrue();
        assertThat(run.faults.get(0).from()).isEqualTo(2 * MIB);
        assertThat(run.faults.get(0).to()).isEqualTo(3 * MIB);
        assertThat(run.remaining.isEmpty()).isTrue();
        assertThat(Counter.BYTES.in(run.counters)).isEqualTo(4 * MIB);
        assertThat(Counter.VERIFIED.in(run.counters)).isEqualTo(3 * MIB);
    }

    private static LargeFile open(long bytes) {
        return Samples.largeFile(bytes, MIB);
    }

    /** With all of its source in its target. */
    private static MemoryLargeFile copied(long bytes) {
        MemoryLargeFile open = new MemoryLargeFile(open(bytes), RANK);
        open.fillSource(0, bytes);
        open.target.write(read(open.source, (int) bytes), (int) bytes, 0);
        return open;
    }

    /** The same files, for a worker that is not stopped. */
    private static MemoryLargeFile running(MemoryLargeFile stopped) {
        MemoryLargeFile open = new MemoryLargeFile(open(stopped.target.length()), RANK);
        int bytes = (int) stopped.target.length();
        open.target.write(read(stopped.target, bytes), bytes, 0);
        return open;
    }

    private VerifyRange range(MemoryLargeFile open, long from, long to, boolean again) {
        return range(open, from, to, again, RANK);
    }

    private VerifyRange range(MemoryLargeFile open, long from, long to, boolean again, int writer) {
        LeafDigests digests = new LeafDigests(Algorithm.XXH64);
        ByteBuffer leaf = ByteBuffer.allocate(Leaf.BYTES);
        for (long at = from; at < to; at += Leaf.BYTES) {
            int bytes = (int) Math.min(Leaf.BYTES, to - at);
            open.source.read(at, bytes, leaf);
            digests.add(leaf, bytes, hasher);
        }
        return new VerifyRange(open.file, from, to, writer, false, again, digests);
    }

    private static VerifyRange hole(MemoryLargeFile open, long from, long to) {
        LeafDigests none = new LeafDigests(Algorithm.XXH64);
        return new VerifyRange(open.file, from, to, RANK, false, false, none);
    }

    private static byte[] read(MemoryFile file, int bytes) {
        ByteBuffer all = ByteBuffer.allocate(bytes);
        file.read(0, bytes, all);
        return all.array();
    }

    private static List<CopyRange> copies(ItemResult of) {
        List<CopyRange> copies = new ArrayList<>();
        of.spawned.forEach(item -> copies.add((CopyRange) item));
        return copies;
    }
}
