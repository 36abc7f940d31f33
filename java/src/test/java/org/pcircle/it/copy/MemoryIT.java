package org.pcircle.it.copy;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.pcircle.it.support.Fcp;
import org.pcircle.it.support.Fsum;
import org.pcircle.it.support.MemoryFileSystem;
import org.pcircle.it.support.Scratch;
import org.pcircle.it.support.Stats;

/**
 * What a rank has on its heap is bounded, however large a tree or a file is. The heap of the tests is hardly larger
 * than the bound, so a run that ends well has kept to it all the time, not only when it was looked at. {@code
 * benchmarks/memory} measures trees of millions of entries; what is printed is a table.
 */
class MemoryIT {

    /** ARCHITECTURE.md, "Bounds", says how it comes about. */
    private static final long LIVE_BYTES_MAX = 16 << 20;

    private static final int ENTRIES = Integer.getInteger("memory.entries", 100_000);
    private static final int FILE_GIBIBYTES = Integer.getInteger("memory.gibibytes", 5);
    private static final String HEAP = System.getProperty("memory.heap", "24m");
    private static final int[] RANKS = {1, 4};

    /** Of each directory in a tree of many. */
    private static final int FILES = 9;

    /** Times, modes and types of all, in one line. */
    private static final String DIGEST = "cd %s; find . -printf '%%P %%y %%m %%T@ %%l\\n' | LC_ALL=C sort | sha256sum";

    @AutoClose
    private final Scratch scratch = Scratch.create();

    @BeforeAll
    static void printHeader() {
        System.out.printf(
                "%n| tree | ranks | live heap | in RAM | seconds | full collections |%n|---|---|---|---|---|---|%n");
    }

    @Test
    void ofOneDirectory() throws Exception {
        String tree = "seq -f file-%%.0f %d | xargs touch".formatted(ENTRIES);

        measure("%,d files in one directory".formatted(ENTRIES), tree, DIGEST, true);
    }

    @Test
    void ofManyDirectories() throws Exception {
        int directories = ENTRIES / (1 + FILES);
        String tree = "seq -f %%06.0f %d | sed 's,^\\(..\\)\\(..\\),\\1/\\2/,' | xargs mkdir -p;".formatted(directories)
                + "find . -mindepth 3 | awk '{ for (i = 1; i <= %d; i++) print $0 \"/file-\" i }' | xargs touch"
                        .formatted(FILES);

        measure("%,d files in %,d directories".formatted(directories * FILES, directories), tree, DIGEST, true);
    }

    @Test
    void ofOneFileInManyRanges() throws Exception {
        // A byte in each 256 KiB: holes alone would be passed over at once.
        String tree = ("python3 -c 'import os; f = os.open(\"file\", os.O_CREAT | os.O_WRONLY);"
                        + " [os.pwrite(f, b\"x\", i << 18) for i in range(%1$d << 12)]; os.ftruncate(f, %1$d << 30)'")
                .formatted(FILE_GIBIBYTES);

        measure(
                "one file of %d GiB, mostly holes, in ranges of 64 KiB".formatted(FILE_GIBIBYTES),
                tree,
                "stat -c '%%s bytes in %%b blocks' %s/file",
                false); // which ends before it can be looked at
    }

    /** Only read: a copy of so many would need the room. */
    @Test
    void ofManyLargeFiles() throws Exception {
        int files = ENTRIES / 10;
        try (MemoryFileSystem memory = MemoryFileSystem.mount(scratch.resolve("memory"), "nr_inodes=0")) {
            scratch.shell("mkdir memory/source; cd memory/source; seq -f file-%%.0f %d | xargs truncate -s 3M"
                    .formatted(files));
            for (int ranks : RANKS) {
                measureSum("%,d sparse files of 3 MiB".formatted(files), ranks, memory.path());
            }
        }
    }

    /**
     * Copies a tree alone and with several ranks.
     *
     * @param tree lines of the shell that fill the directory they run in
     * @param digest a line of the shell that says what is in the directory it names
     * @param summed whether it is read for its signature, too
     */
    private void measure(String name, String tree, String digest, boolean summed) throws Exception {
        try (MemoryFileSystem memory = MemoryFileSystem.mount(scratch.resolve("memory"), "nr_inodes=0")) {
            scratch.shell("mkdir memory/source; cd memory/source; " + tree);
            String expected = scratch.shell(digest.formatted("memory/source"));
            for (int ranks : RANKS) {
                measureRun(name, Fcp.withRanks(ranks), ranks, memory.path(), "source", "copy");
                assertThat(scratch.shell(digest.formatted("memory/copy"))).isEqualTo(expected);
                scratch.shell("rm -rf memory/copy");
                if (summed) {
                    measureSum(name, ranks, memory.path());
                }
            }
        }
    }

    private void measureSum(String name, int ranks, Path folder) throws Exception {
        measureRun("fsum: " + name, Fsum.withRanks(ranks), ranks, folder, "source");
    }

    private void measureRun(String name, Fcp command, int ranks, Path folder, String... paths) throws Exception {
        List<Object> words = new ArrayList<>(List.of("--chunk-size=64K", "--stats=stats.json", "--progress=none"));
        words.addAll(List.of(paths));
        MemoryUse use = MemoryUse.of(
                command.in(folder), HEAP, Files.createTempDirectory(scratch.path(), "collections-"), words.toArray());
        double seconds = Stats.read(folder.resolve("stats.json")).seconds();
        System.out.printf(
                "| %s | %d | %d MiB | %d MiB | %.1f | %d |%n",
                name, ranks, use.liveBytesMax() >> 20, use.residentBytesMax() >> 20, seconds, use.collections());
        assertThat(use.liveBytesMax()).as(name + ", np " + ranks).isLessThanOrEqualTo(LIVE_BYTES_MAX);
    }
}
