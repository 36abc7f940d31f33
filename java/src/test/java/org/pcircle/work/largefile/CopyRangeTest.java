package org.pcircle.work.largefile;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.pcircle.circle.Item;
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
}
