package org.pcircle.work.largefile;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.pcircle.circle.Item;
import org.pcircle.digest.Leaf;
import org.pcircle.fs.RangeBoundaries;
import org.pcircle.work.Samples;

class CopyRangeTest {

    @Property
    void aCutRangeIsWholeAgainAndCutOnAChunkBoundary(
            @ForAll @LongRange(min = 1, max = 1L << 50) long bytes,
            @ForAll @LongRange(min = 1, max = 1L << 30) long chunkBytes,
            @ForAll boolean forThief) {
        CopyRange range = new CopyRange(Samples.largeFile(bytes, chunkBytes), 0, bytes);
        Item.Cut cut = forThief ? range.cutForThief() : range.cutForWorker();
        if (cut.left() == null) {
            assertThat(cut.taken()).isEqualTo(range);
            assertThat(bytes).isLessThanOrEqualTo(chunkBytes);
            return;
        }
        CopyRange front = (CopyRange) (forThief ? cut.left() : cut.taken());
        CopyRange back = (CopyRange) (forThief ? cut.taken() : cut.left());
        assertThat(front.from()).isZero();
        assertThat(front.to()).isEqualTo(back.from());
        assertThat(back.to()).isEqualTo(bytes);
        assertThat(front.to() % chunkBytes).isZero();
        if (!forThief) {
            long share = bytes / 64;
            assertThat(front.to())
                    .isGreaterThan(share)
                    .isLessThanOrEqualTo(share + chunkBytes)
                    .isGreaterThanOrEqualTo(chunkBytes);
        }
    }

    @Property
    void aCutIsAtABoundaryOfTheFile(
            @ForAll @LongRange(min = 1, max = 1L << 40) long bytes,
            @ForAll @LongRange(min = 2, max = 1L << 26) long chunkBytes,
            @ForAll @LongRange(min = 1, max = 1L << 40) long end,
            @ForAll @LongRange(min = 0, max = 1L << 26) long unit,
            @ForAll boolean forThief) {
        LargeFile file = Samples.largeFile(bytes, chunkBytes).cutAt(boundaries(end, unit));

        long cut = cut(new CopyRange(file, 0, bytes), forThief);

        assertThat(cut).isPositive().isLessThanOrEqualTo(bytes);
        if (cut < bytes) {
            boolean isBoundary = cut >= end || (unit > 0 && cut % unit == 0);
            boolean isWhole = cut % Leaf.BYTES == 0; // where a chunk ends with a leaf
            assertThat(isBoundary || isWhole).as("cut at %d", cut).isTrue();
        }
    }

    @Property
    void aRangeWhoseLeavesAreHashedIsCutBetweenLeaves(
            @ForAll @LongRange(min = 1, max = 1L << 40) long bytes,
            @ForAll @IntRange(min = 1, max = 64) int chunkLeaves,
            @ForAll @LongRange(min = 1, max = 1L << 40) long end,
            @ForAll @LongRange(min = 0, max = 1L << 26) long unit,
            @ForAll boolean forThief) {
        LargeFile file =
                Samples.largeFile(bytes, (long) chunkLeaves * Leaf.BYTES).cutAt(boundaries(end, unit));

        long cut = cut(new CopyRange(file, 0, bytes), forThief);

        if (cut < bytes) {
            assertThat(cut).isPositive();
            assertThat(cut % Leaf.BYTES).isZero();
        }
    }

    /** So many that each can be looked at, whatever the chunks. */
    @Property
    void aRangeUpToTheEndOfNumbersTakesFewCuts(
            @ForAll @LongRange(min = 1, max = 1L << 30) long chunkBytes,
            @ForAll @LongRange(max = 1L << 40) long missing) {
        long bytes = Long.MAX_VALUE - missing;
        CopyRange left = new CopyRange(Samples.largeFile(bytes, chunkBytes), 0, bytes);
        long at = 0;
        int cuts = 0;
        while (true) {
            Item.Cut cut = left.cutForWorker();
            CopyRange taken = (CopyRange) cut.taken();
            assertThat(taken.from()).isEqualTo(at);
            assertThat(taken.to()).isGreaterThan(at);
            at = taken.to();
            cuts++;
            if (cut.left() == null) {
                break;
            }
            left = (CopyRange) cut.left();
        }
        assertThat(at).isEqualTo(bytes);
        assertThat(cuts).isLessThan(64 * 64);
    }

    /** Multiples of a unit up to an end; the end only if there is no unit; anywhere behind it. */
    private static RangeBoundaries boundaries(long end, long unit) {
        ByteBuffer stretch = ByteBuffer.allocate(1 + 2 * Long.BYTES);
        stretch.put((byte) 1).putLong(end).putLong(unit);
        return RangeBoundaries.read(stretch.flip());
    }

    @Test
    void aRangeOfOneByteIsNotCut() {
        CopyRange range = new CopyRange(Samples.largeFile(4000, 1000), 2000, 2001);
        assertThat(range.cutForThief()).isEqualTo(new Item.Cut(range, null));
        assertThat(range.cutForWorker()).isEqualTo(new Item.Cut(range, null));
    }

    /** Where a range is cut; its end if it is not. */
    private static long cut(CopyRange range, boolean forThief) {
        Item.Cut cut = forThief ? range.cutForThief() : range.cutForWorker();
        if (cut.left() == null) {
            return range.to();
        }
        CopyRange front = (CopyRange) (forThief ? cut.left() : cut.taken());
        return front.to();
    }
}
