package org.pcircle.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.pcircle.fs.CopyContext;
import org.pcircle.fs.CopyOptions;
import org.pcircle.fs.Directory;
import org.pcircle.fs.IoMethod;

/**
 * One range of a large file copied into place, with its opens and closes: what a worker does per chunk. The target has
 * the data already, so that room for it is not what is measured.
 */
@State(Scope.Thread)
public class ChunkCopy {

    private static final byte[] SOURCE = "source".getBytes(UTF_8);
    private static final byte[] TARGET = "target".getBytes(UTF_8);

    @Param({"65536", "1048576", "16777216"})
    private int bytes;

    /** REFLINK too, with {@code -p method=REFLINK}, if the folder is on a file system that has it. */
    @Param({"AUTO", "BUFFERED", "DIRECT", "SPLICE", "COPY_FILE_RANGE"})
    private IoMethod method;

    private final ByteBuffer io = ByteBuffer.allocateDirect(1 << 20);
    private Scratch scratch;
    private Directory directory;
    private CopyContext context;

    @Setup
    public void open() throws IOException {
        scratch = new Scratch();
        scratch.file("source", bytes);
        directory = Directory.open(scratch.path());
        context = new CopyContext(new CopyOptions().method(method));
        directory.beginLarge(SOURCE, directory, TARGET, bytes, context);
    }

    @Benchmark
    public long copy() throws IOException {
        return directory.copyRange(SOURCE, directory, TARGET, 0, bytes, bytes, context, io);
    }

    @TearDown(Level.Trial)
    public void close() throws IOException {
        directory.close();
        scratch.close();
    }
}
