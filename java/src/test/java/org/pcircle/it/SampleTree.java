package org.pcircle.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;

/** Makes trees to copy; the same ones every time. */
final class SampleTree {

    private static final int PAGE_BYTES = 4096;
    private static final int DATA_BYTES = 1 << 20;

    private final SplittableRandom random;

    /** Bytes for files to be cut from. */
    private final ByteBuffer pool = ByteBuffer.allocateDirect(DATA_BYTES);

    SampleTree(long seed) {
        random = new SplittableRandom(seed);
        byte[] bytes = new byte[pool.capacity()];
        random.nextBytes(bytes);
        pool.put(0, bytes);
    }

    /** Files of 0 to {@code bytesMax} bytes in one new directory. */
    void directoryOfFiles(Path directory, int files, int bytesMax) {
        try {
            Files.createDirectories(directory);
            for (int i = 0; i < files; i++) {
                file(directory.resolve("file-" + i), random.nextInt(bytesMax + 1));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * A tree of up to a few thousand entries, sometimes with a chain of empty directories: some are next to empty, and some
     * have large files.
     */
    void anyTree(Path directory) throws IOException {
        fill(directory, random.nextInt(4));
    }

    /**
     * A file with a piece of data somewhere in each {@code stepBytes}, and one at its very end; the rest is holes. Every
     * page of data says where it belongs, so that it is not taken for another.
     */
    void fileWithHoles(Path file, long bytes, long stepBytes) {
        try (FileChannel channel = create(file)) {
            for (long step = 0; step + stepBytes <= bytes; step += stepBytes) {
                writeStamped(channel, step + random.nextLong(stepBytes - DATA_BYTES));
            }
            writeStamped(channel, bytes - DATA_BYTES);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void fill(Path directory, int depth) throws IOException {
        directoryOfFiles(directory, random.nextInt(30), random.nextInt(64 * 1024) + 1);
        Files.createSymbolicLink(directory.resolve("link"), Path.of("file-" + random.nextInt(60)));
        if (random.nextInt(8) == 0) {
            fileWithHoles(directory.resolve("large"), (32 << 20) + random.nextLong(64 << 20), 8 << 20);
        }
        if (random.nextInt(4) == 0) {
            Files.createDirectories(directory.resolve("empty" + "/deeper".repeat(random.nextInt(40))));
        }
        for (int i = depth == 0 ? 0 : random.nextInt(6); i > 0; i--) {
            fill(directory.resolve("directory-" + i), depth - 1);
        }
        FileTime anyTime = FileTime.from(random.nextLong(1L << 33), TimeUnit.SECONDS);
        Files.setLastModifiedTime(directory, anyTime);
    }

    private void file(Path file, int bytes) throws IOException {
        try (FileChannel channel = create(file)) {
            channel.write(pool.slice(random.nextInt(pool.capacity() - bytes), bytes));
        }
    }

    private void writeStamped(FileChannel channel, long offset) throws IOException {
        for (int page = 0; page < DATA_BYTES; page += PAGE_BYTES) {
            pool.putLong(page, offset + page);
        }
        channel.write(pool.slice(0, DATA_BYTES), offset);
    }

    private static FileChannel create(Path file) throws IOException {
        return FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    }
}
