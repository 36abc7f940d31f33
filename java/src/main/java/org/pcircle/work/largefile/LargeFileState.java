package org.pcircle.work.largefile;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pcircle.digest.Algorithm;
import org.pcircle.digest.FileSum;
import org.pcircle.wire.Wire;

/**
 * The state of an incomplete large file, as a checkpoint holds it.
 *
 * @param failed whether a range of it failed
 * @param remaining bytes still to be done, ascending
 * @param sum of the leaves that are done; null if there are none, or no signature
 */
public record LargeFileState(
        LargeFile file,
        boolean failed,
        List<Interval> remaining,
        @Nullable FileSum sum) {

    /** Bytes {@code [from, to)}. */
    public record Interval(long from, long to) {}

    LargeFileState ownedBy(int rank, long number) {
        return new LargeFileState(file.ownedBy(rank, number), failed, remaining, sum);
    }

    public int encodedBytes() {
        int sumBytes = sum == null ? 0 : sum.encodedBytes();
        return file.encodedBytes() + 2 + Integer.BYTES + 2 * Long.BYTES * remaining.size() + sumBytes;
    }

    public void write(ByteBuffer target) {
        file.write(target);
        Wire.writeFlag(failed, target);
        target.putInt(remaining.size());
        for (Interval interval : remaining) {
            target.putLong(interval.from()).putLong(interval.to());
        }
        Wire.writeConstantOrNone(sum == null ? null : sum.algorithm(), target);
        if (sum != null) {
            sum.write(target);
        }
    }

    public static LargeFileState read(ByteBuffer source) {
        LargeFile file = LargeFile.read(source);
        boolean failed = Wire.readFlag(source);
        int count = Wire.readCount(source, 2 * Long.BYTES);
        List<Interval> remaining = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            remaining.add(new Interval(source.getLong(), source.getLong()));
        }
        Algorithm algorithm = Wire.readConstantOrNone(Algorithm.values(), source);
        return new LargeFileState(file, failed, remaining, algorithm == null ? null : FileSum.read(algorithm, source));
    }
}
