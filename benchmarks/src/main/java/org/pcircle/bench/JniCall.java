package org.pcircle.bench;

import java.nio.ByteBuffer;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.pcircle.jni.Native;

/**
 * What a call into C costs by itself: with numbers only, with buffers, with a name, and with the cheapest system call.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(java.util.concurrent.TimeUnit.NANOSECONDS)
public class JniCall {

    private static final int NO_DESCRIPTOR = -1;
    private static final byte[] NAME = {'n', 'a', 'm', 'e'};

    private final ByteBuffer context = ByteBuffer.allocateDirect(64);
    private final ByteBuffer io = ByteBuffer.allocateDirect(1 << 16);

    /** A range of no bytes: the arguments are converted and nothing else is done. */
    @Benchmark
    public long buffersOnly() {
        return Native.copyRange(NO_DESCRIPTOR, NO_DESCRIPTOR, 0, 0, 0, context, io);
    }

    /** geteuid(2), which the kernel answers at once. */
    @Benchmark
    public int cheapestSystemCall() {
        return Native.effectiveUserId();
    }

    /** A name is copied out of the Java heap, and the kernel says that the descriptor is bad. */
    @Benchmark
    public int nameAndSystemCall() {
        return Native.unlink(NO_DESCRIPTOR, NAME);
    }
}
