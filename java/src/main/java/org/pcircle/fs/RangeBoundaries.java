package org.pcircle.fs;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.pcircle.jni.Native;
import org.pcircle.wire.MalformedMessageException;

/**
 * Where a file is best cut into ranges, as {@code range_boundaries.h} describes it: stretches, each with an end and a
 * unit. Cuts are best at multiples of the unit, or at the end only if the unit is 0. Without stretches any offset is as
 * good as another.
 */
public final class RangeBoundaries {

    public static final RangeBoundaries ANYWHERE = new RangeBoundaries(new long[0], new long[0]);

    /** Offsets of the fields, by their names in C. */
    private static final int COUNT = 0;

    private static final int STRETCHES = 8;

    private static final int COUNT_MAX = 16;

    private final long[] ends;
    private final long[] units;

    private RangeBoundaries(long[] ends, long[] units) {
        this.ends = ends;
        this.units = units;
    }

    /** Reads the struct that a native call has filled. */
    static RangeBoundaries of(ByteBuffer struct) {
        ByteBuffer source = struct.duplicate().order(ByteOrder.nativeOrder());
        int count = source.getInt(COUNT);
        if (count == 0) {
            return ANYWHERE;
        }
        RangeBoundaries cuts = new RangeBoundaries(new long[count], new long[count]);
        for (int i = 0; i < count; i++) {
            int at = STRETCHES + i * 2 * Long.BYTES;
            cuts.ends[i] = source.getLong(at);
            cuts.units[i] = source.getLong(at + Long.BYTES);
        }
        return cuts;
    }

    /** A buffer for the struct that a native call fills. */
    static ByteBuffer struct() {
        return ByteBuffer.allocateDirect(Native.CUTS_BYTES);
    }

    /** The first boundary at or behind an offset. */
    public long next(long offset) {
        for (int i = 0; i < ends.length; i++) {
            if (offset <= ends[i]) {
                long place = units[i] == 0 ? ends[i] : ceiling(offset, units[i]);
                return Math.min(place, ends[i]);
            }
        }
        return offset;
    }

    private static long ceiling(long offset, long unit) {
        long rest = offset % unit;
        return rest == 0 || offset > Long.MAX_VALUE - unit ? offset : offset - rest + unit;
    }

    public int encodedBytes() {
        return 1 + ends.length * 2 * Long.BYTES;
    }

    public void write(ByteBuffer target) {
        target.put((byte) ends.length);
        for (int i = 0; i < ends.length; i++) {
            target.putLong(ends[i]).putLong(units[i]);
        }
    }

    /** Reads what {@link #write} has written. */
    public static RangeBoundaries read(ByteBuffer source) {
        int count = source.get();
        if (count < 0 || count > COUNT_MAX) {
            throw new MalformedMessageException("cuts of " + count + " stretches");
        }
        RangeBoundaries cuts = count == 0 ? ANYWHERE : new RangeBoundaries(new long[count], new long[count]);
        for (int i = 0; i < count; i++) {
            cuts.ends[i] = source.getLong();
            cuts.units[i] = source.getLong();
            if (cuts.units[i] < 0) {
                throw new MalformedMessageException("a stretch that is cut at " + cuts.units[i]);
            }
        }
        return cuts;
    }
}
