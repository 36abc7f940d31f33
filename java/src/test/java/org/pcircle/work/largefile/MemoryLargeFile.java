package org.pcircle.work.largefile;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.pcircle.digest.Leaf;
import org.pcircle.digest.LeafRuns;
import org.pcircle.fs.CopyContext;
import org.pcircle.fs.CopyOptions;
import org.pcircle.fs.FileException;
import org.pcircle.fs.SourceFile;
import org.pcircle.fs.VerifyFile;
import org.pcircle.report.Fault;
import org.pcircle.work.ItemResult;
import org.pcircle.work.PlannedCalls;

/**
 * A large file in memory. Its calls, in {@link #calls}: openSource, openTarget, nextData, read, write, clear, close,
 * readBack, and stopped, by which an item asks whether it is to give back what is unfinished.
 */
final class MemoryLargeFile implements LargeFileContext {

    static final String SOURCE = "source/large";
    static final String TARGET = "target/large";

    /** A copy without digests reads and writes so many bytes at a time. */
    static final int PIECE_BYTES = 64 * 1024;

    private static final byte[] GARBAGE = new byte[2 * Leaf.BYTES];

    static {
        Arrays.fill(GARBAGE, (byte) 0x55);
    }

    final LargeFile file;
    final PlannedCalls calls = new PlannedCalls();
    final MemoryFile source;
    final MemoryFile target;
    final CopyContext context = new CopyContext(new CopyOptions());
    final List<LeafRuns> manifest = new ArrayList<>();

    /** Ranges that were made holes, as the number of their first and last byte. */
    final List<List<Long>> cleared = new ArrayList<>();

    boolean isTargetInMemory;

    /** Files that are open. */
    int open;

    /** The offset of the last piece that was written since the target was opened; -1 if there is none. */
    long written = -1;

    private final int rank;
    private final ByteBuffer io = ByteBuffer.allocateDirect(2 * Leaf.BYTES);
    private long copiedBytes;

    /** A source that is all hole, and a target as it is created. */
    MemoryLargeFile(LargeFile file, int rank) {
        this.file = file;
        this.source = new MemoryFile(file.bytes());
        this.target = new MemoryFile(file.bytes());
        this.rank = rank;
    }

    /** Fills a range of the source with data. */
    void fillSource(long from, long to) {
        byte[] data = new byte[(int) (to - from)];
        new SplittableRandom(from).nextBytes(data);
        source.write(data, data.length, from);
    }

    /** Copies as the natives do: data in pieces, up to a chunk of it, and holes by skipping them. */
    @Override
    public long copyRange(long from, long to) throws FileException {
        try (Pair files = open(true)) {
            long at = from;
            long left = file.chunkBytes();
            ByteBuffer piece = ByteBuffer.allocate(PIECE_BYTES);
            while (at < to && left > 0 && !context.isStopped()) {
                long data = files.nextData(at, to);
                if (data > at) {
                    at = Math.min(data, Math.max(at, source.length()));
                    if (at < data) {
                        break;
                    }
                    continue;
                }
                long end = Math.min(at + left, source.endOfData(at, to));
                int bytes = (int) Math.min(end - at, PIECE_BYTES);
                int got = files.take(at, bytes, piece);
                if (got == 0) {
                    break;
                }
                at += got;
                left -= got;
            }
            copiedBytes += at - from;
            return at - from;
        }
    }

    @Override
    public SourceFile source(boolean writes) throws FileException {
        return open(writes);
    }

    private Pair open(boolean writes) throws FileException {
        calls.made("openSource");
        if (writes) {
            calls.made("openTarget");
            written = -1;
        }
        open++;
        return new Pair(writes);
    }

    @Override
    public VerifyFile readBack() throws FileException {
        calls.made("openTarget");
        open++;
        return new VerifyFile() {
            @Override
            public long nextData(long offset, long end) throws FileException {
                calls.made("nextData");
                return target.nextData(offset, end);
            }

            @Override
            public int read(ByteBuffer direct, int bytes, long offset) throws FileException {
                calls.made("readBack");
                return target.read(offset, bytes, direct); // behind that, what was read before
            }

            @Override
            public boolean isInMemory() {
                return isTargetInMemory;
            }

            @Override
            public void close() {
                open--;
            }
        };
    }

    @Override
    public ByteBuffer io() {
        return io;
    }

    @Override
    public boolean isStopped() {
        try {
            calls.made("stopped");
        } catch (FileException e) {
            throw new IllegalStateException("asking for a stop does not fail", e);
        }
        return context.isStopped();
    }

    @Override
    public boolean gaveUp(FileException e) {
        return context.gaveUp(e);
    }

    @Override
    public long takeBytes() {
        long bytes = copiedBytes;
        copiedBytes = 0;
        return bytes;
    }

    @Override
    public Fault fault(FileException e) {
        return Fault.of((e.operation().onTarget() ? TARGET : SOURCE).getBytes(UTF_8), e);
    }

    @Override
    public byte[] shownTarget() {
        return TARGET.getBytes(UTF_8);
    }

    @Override
    public void addLeaves(LeafRuns leaves, ItemResult result) {
        manifest.add(leaves);
    }

    @Override
    public int rank() {
        return rank;
    }

    /** Reads to the start of a buffer; behind that it has what others have left there. */
    private static int read(MemoryFile from, long offset, int bytes, ByteBuffer buffer) {
        int got = from.read(offset, bytes, buffer);
        buffer.put(got, GARBAGE, 0, buffer.capacity() - got);
        return got;
    }

    private final class Pair implements SourceFile {

        private final boolean writes;

        Pair(boolean writes) {
            this.writes = writes;
        }

        @Override
        public long nextData(long offset, long end) throws FileException {
            calls.made("nextData");
            return source.nextData(offset, end);
        }

        @Override
        public int take(long offset, int bytes, ByteBuffer buffer) throws FileException {
            calls.made("read");
            int got = read(source, offset, bytes, buffer);
            if (writes && got > 0) {
                calls.made("write");
                byte[] data = new byte[got];
                buffer.get(0, data);
                target.write(data, got, offset);
                written = offset;
            }
            return got;
        }

        @Override
        public void clear(long offset, long bytes) throws FileException {
            calls.made("clear");
            if (writes) {
                target.punch(offset, offset + bytes);
                cleared.add(List.of(offset, offset + bytes));
            }
        }

        @Override
        public void close() throws FileException {
            open--;
            if (writes) {
                calls.made("close");
            }
        }
    }
}
