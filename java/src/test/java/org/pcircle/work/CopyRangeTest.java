package org.pcircle.work;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.pcircle.circle.Item;

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
            assertThat(front.to()).isEqualTo(chunkBytes);
        }
    }
}
