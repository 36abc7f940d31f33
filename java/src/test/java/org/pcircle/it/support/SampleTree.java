package org.pcircle.it.support;

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
public final class SampleTree {

    /**
     * Lines of the shell that make a tree {@code source} of entries of all types, and of files whose length is about
     * that of some leaves.
     */
    public static final String OF_ALL_TYPES = """
            mkdir -p source/directory/deeper source/empty && cd source
            for size in 0 1 31 32 4096 65535 65536 65537 1048575 1048576 1048577 3145733; do
              head -c $size /dev/urandom > file-$size
            done
            cp file-3145733 "$(printf 'odd\\n\\377')"
            ln file-4096 directory/linked
            ln -s file-1 link
            ln -s nowhere/at/all directory/dangling
            mkfifo directory/fifo
            python3 -c 'import socket; socket.socket(socket.AF_UNIX).bind("directory/socket")'
            head -c 2M /dev/zero > directory/deeper/zeros
            truncate -s 1M hole-1M
            truncate -s 40M hole-40M
            truncate -s 20000001 hole-and-more && echo end >> hole-and-more
            echo start > start-and-hole && truncate -s 30M start-and-hole
            [ "$(id -u)" != 0 ] || { mknod directory/null c 1 3; mknod directory/block b 7 200; }
            """;

    /**
     * Lines of the shell that make a tree {@code source}: a file and a directory with a file in it, for every byte that
     * can be a name by itself, and for odder ones.
     */
    public static final String ODD_NAMES = """
            mkdir source && cd source
            for byte in $(seq 1 255); do
              name=$(printf "\\\\$(printf %03o $byte)_")
              name=${name%_}
              case $name in /|.) continue ;; esac
              echo $byte > "./$name"
              mkdir "./$name$name" && echo $byte > "./$name$name/$name"
              ln -s "$name" "./link-to-$name"
            done
            newline=$(printf 'a\\nb')
            mkdir "$newline" && echo newline > "$newline/$newline"
            overlong=$(printf '\\300\\257') surrogate=$(printf '\\355\\240\\200') cut=$(printf '\\360\\237\\230')
            echo utf8 | tee "$overlong" "$surrogate" > "$cut"
            longest=$(printf '%0255d' 0)
            mkdir "$longest" && echo longest > "$longest/$longest"
            echo dots | tee ... ..a > ' '
            mkdir -- -rf && touch -- -rf/--help
            """;

    private static final int PAGE_BYTES = 4096;
    private static final int DATA_BYTES = 1 << 20;

    private final SplittableRandom random;

    /** Bytes for files to be cut from. */
    private final ByteBuffer pool = ByteBuffer.allocateDirect(DATA_BYTES);

    public SampleTree(long seed) {
        random = new SplittableRandom(seed);
        byte[] bytes = new byte[pool.capacity()];
        random.nextBytes(bytes);
        pool.put(0, bytes);
    }

    /** Files of 0 to {@code bytesMax} bytes in one new directory. */
    public void directoryOfFiles(Path directory, int files, int bytesMax) {
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
     * A tree of up to a few thousand entries, sometimes with a chain of empty directories: some are next to empty, and
     * some have large files.
     */
    public void anyTree(Path directory) throws IOException {
        fill(directory, random.nextInt(4));
    }

    /**
     * A file with a piece of data somewhere in each {@code stepBytes}, and one at its very end; the rest is holes.
     * Every page of data says where it belongs, so that it is not taken for another.
     */
    public void fileWithHoles(Path file, long bytes, long stepBytes) {
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
