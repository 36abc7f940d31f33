package org.pcircle.bench;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.pcircle.fs.Directory;

/**
 * A directory opened and listed to its end, with what statx(2) says of each entry: what a worker does per directory.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class Listing {

    /** None: what a directory costs by itself. The last takes several steps. */
    @Param({"0", "100", "10000"})
    private int entries;

    private final ByteBuffer listing = ByteBuffer.allocateDirect(320 * 1024).order(ByteOrder.nativeOrder());
    private Scratch scratch;
    private byte[] path;

    @Setup
    public void fill() throws IOException {
        scratch = new Scratch();
        path = scratch.directory("listed");
        for (int i = 0; i < entries; i++) {
            scratch.file("listed/file" + i, 0);
        }
    }

    /** Returns how many bytes of records that made. */
    @Benchmark
    public long list() throws IOException {
        long bytes = 0;
        try (Directory directory = Directory.open(path)) {
            Directory.Listed step;
            do {
                step = directory.list(listing);
                bytes += step.bytes();
            } while (!step.atEnd());
        }
        return bytes;
    }

    @TearDown(Level.Trial)
    public void close() throws IOException {
        scratch.close();
    }
}
