package org.pcircle.bench;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.EnumSet;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.pcircle.fs.CopyContext;
import org.pcircle.fs.CopyOptions;
import org.pcircle.fs.Directory;
import org.pcircle.fs.IoMethod;
import org.pcircle.fs.PreservedAttribute;

/** A batch of small files of one directory copied; figures are per file. */
@State(Scope.Thread)
public class SmallFiles {

    private static final int FILES = 128;

    @Param({"0", "4096", "65536"})
    private int bytes;

    /** Others too, with {@code -p method=…}, if the folder is on a file system that has them. */
    @Param({"AUTO", "BUFFERED", "SPLICE", "COPY_FILE_RANGE"})
    private IoMethod method;

    private final ByteBuffer listing = ByteBuffer.allocateDirect(320 * 1024).order(ByteOrder.nativeOrder());
    private final ByteBuffer records = ByteBuffer.allocateDirect(64 * 1024).order(ByteOrder.nativeOrder());
    private final ByteBuffer io = ByteBuffer.allocateDirect(1 << 20);
    private Scratch scratch;
    private Directory source;
    private Directory target;
    private CopyContext context;
    private int recordBytes;

    @Setup(Level.Trial)
    public void open() throws IOException {
        scratch = new Scratch();
        byte[] sourcePath = scratch.directory("source");
        byte[] targetPath = scratch.directory("target");
        for (int i = 0; i < FILES; i++) {
            scratch.file("source/file" + i, bytes);
        }
        source = Directory.open(sourcePath);
        target = Directory.open(targetPath);
        context = new CopyContext(new CopyOptions()
                .method(method)
                .preserved(EnumSet.of(PreservedAttribute.MODE, PreservedAttribute.TIMESTAMPS)));
        recordBytes = source.list(listing).bytes();
    }

    @Setup(Level.Invocation)
    public void empty() throws IOException {
        scratch.empty("target");
    }

    @Benchmark
    @OperationsPerInvocation(FILES)
    public int copy() throws IOException {
        records.put(0, listing, 0, recordBytes);
        return source.copyEntries(target, records, 0, recordBytes, null, context, io, null);
    }

    @TearDown(Level.Trial)
    public void close() throws IOException {
        source.close();
        target.close();
        scratch.close();
    }
}
