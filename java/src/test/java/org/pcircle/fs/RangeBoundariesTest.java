package org.pcircle.fs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.pcircle.wire.MalformedMessageException;

class RangeBoundariesTest {

    private static final long MIB = 1 << 20;

    /** Up to 1 MiB uncut, up to 1 GiB at whole mebibytes, then at multiples of 4 MiB. */
    private static final RangeBoundaries PROGRESSIVE =
            RangeBoundaries.read(ByteBuffer.wrap(encoded(MIB, 0, 1024 * MIB, MIB, Long.MAX_VALUE, 4 * MIB)));

    @Test
    void whereNothingIsKnownAnyPlaceIsGood() {
        assertThat(RangeBoundaries.ANYWHERE.next(12345)).isEqualTo(12345);
    }

    @Test
    void placesAreMultiplesWithinTheirStretch() {
        assertThat(PROGRESSIVE.next(0)).isEqualTo(MIB);
        assertThat(PROGRESSIVE.next(MIB)).isEqualTo(MIB);
        assertThat(PROGRESSIVE.next(MIB + 1)).isEqualTo(2 * MIB);
        assertThat(PROGRESSIVE.next(1024 * MIB - 1)).isEqualTo(1024 * MIB);
        assertThat(PROGRESSIVE.next(1025 * MIB)).isEqualTo(1028 * MIB);
    }

    @Property
    void aPlaceIsAtOrBehindTheOffset(@ForAll @LongRange(max = Long.MAX_VALUE) long offset) {
        long place = PROGRESSIVE.next(offset);
        assertThat(place).isGreaterThanOrEqualTo(offset);
        assertThat(PROGRESSIVE.next(place)).isEqualTo(place);
    }

    @Test
    void cutsComeBackAsTheyWere() {
        ByteBuffer buffer = ByteBuffer.allocate(PROGRESSIVE.encodedBytes());
        PROGRESSIVE.write(buffer);
        assertThat(buffer.array()).isEqualTo(encoded(MIB, 0, 1024 * MIB, MIB, Long.MAX_VALUE, 4 * MIB));
    }

    @Test
    void damageIsRefused() {
        assertThatThrownBy(() -> RangeBoundaries.read(ByteBuffer.wrap(encoded(5, -1))))
                .isInstanceOf(MalformedMessageException.class);
        assertThatThrownBy(() -> RangeBoundaries.read(ByteBuffer.wrap(new byte[] {17})))
                .isInstanceOf(MalformedMessageException.class);
    }

    private static byte[] encoded(long... endsAndUnits) {
        ByteBuffer buffer = ByteBuffer.allocate(1 + endsAndUnits.length * Long.BYTES);
        buffer.put((byte) (endsAndUnits.length / 2));
        for (long value : endsAndUnits) {
            buffer.putLong(value);
        }
        return buffer.array();
    }
}
