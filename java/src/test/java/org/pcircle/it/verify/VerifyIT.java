package org.pcircle.it.verify;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.pcircle.it.support.AloneAndUnderMpirun;
import org.pcircle.it.support.Fcp;
import org.pcircle.it.support.Fsum;
import org.pcircle.it.support.Json;
import org.pcircle.it.support.LoopFileSystem;
import org.pcircle.it.support.MemoryFileSystem;
import org.pcircle.it.support.Outcome;
import org.pcircle.it.support.SampleTree;
import org.pcircle.it.support.Scratch;
import org.pcircle.it.support.Slow;
import org.pcircle.it.support.Stats;
import org.pcircle.it.support.TreeComparison;

/**
 * {@code fcp --checksum}: what is not on the disk as it was in the source is found, copied once more, and told if that
 * is in vain.
 */
class VerifyIT {

    private static final int MIB = 1 << 20;

    private static final int SMALL_FILES = 900;
    private static final int LARGE_FILES = 5;
    private static final int LEAVES = 41;

    @AutoClose
    private final Scratch scratch = Scratch.create();

    private final Random random = new Random(4711);

    /** Of what spoils in the source that was made last: path in it, first byte, byte behind the last. */
    private final List<String> spoilt = new ArrayList<>();

    private Path marks;

    @BeforeEach
    void makeFolders() throws IOException {
        marks = Files.createDirectory(scratch.resolve("marks"));
    }

    @ParameterizedTest
    @CsvSource({
        "1, ext4, --threads=2",
        "1, xfs, --threads=4 --chunk-size=3M -s",
        "3, xfs, --threads=1 --chunk-size=4M",
        "3, ext4, --threads=2 --digest=sha256 --fsync",
    })
    void eachOfAThousandSpoiltPlacesIsFoundAndNamed(int ranks, String type, String options) throws IOException {
        makeSource(2);
        try (LoopFileSystem disk = LoopFileSystem.mount(scratch.resolve("disk"), type)) {
            Outcome outcome = Rot.on(disk, marks, Fcp.withRanks(ranks).in(scratch))
                    .runScript("fcp -c --errors=errors --stats=stats " + options + " source disk/copy")
                    .assertCode(3);

            assertThat(spoilt).hasSize(1000);
            assertThat(listed()).isEqualTo(spoilt);
            assertThat(Rot.marks(marks)).hasSize(2 * 1000);
            Stats stats = Stats.read(scratch.resolve("stats"));
            assertThat(stats.total("mismatches")).isEqualTo(1000);
            assertThat(stats.total("faults")).isEqualTo(SMALL_FILES + LARGE_FILES);
            assertThat(stats.total("repaired")).isZero();
            TreeComparison.assertSameWithout("rotten*", scratch.resolve("source"), scratch.resolve("disk/copy"));
            assertThat(scratch.shell("find disk/copy -name 'rotten*' -o -name '.fcp*'"))
                    .isEmpty();
            assertThat(outcome.err()).containsPattern("verify: bytes \\d+ to \\d+ differ from the source");
            assertThat(Files.readString(scratch.resolve("errors")))
                    .contains("verify: bytes 1048576 to 2097151 differ from the source");
            assertThat(outcome.out()).doesNotContain("pcircle1");
        }
    }

    @ParameterizedTest
    @CsvSource({"1, xfs, auto", "3, ext4, auto", "1, ext4, always", "3, xfs, never"})
    void whatSpoilsOnceIsCopiedOnceMore(int ranks, String type, String sparse) throws IOException {
        makeSource(1);
        try (LoopFileSystem disk = LoopFileSystem.mount(scratch.resolve("disk"), type)) {
            Outcome outcome = Rot.on(disk, marks, Fcp.withRanks(ranks).in(scratch))
                    .run("-cs", "--sparse=" + sparse, "--chunk-size=4M", "--stats=stats", "source", "disk/copy")
                    .assertCode(0);

            assertThat(Rot.marks(marks)).hasSize(1000);
            Stats stats = Stats.read(scratch.resolve("stats"));
            assertThat(stats.total("repaired")).isEqualTo(1000);
            assertThat(stats.total("mismatches")).isZero();
            assertThat(stats.total("verifiedBytes")).isEqualTo(stats.total("bytes"));
            disk.remount();
            TreeComparison.assertSame(scratch.resolve("source"), scratch.resolve("disk/copy"));
            assertThat(outcome.out())
                    .endsWith(Fsum.alone()
                            .in(scratch)
                            .run("-q", "source")
                            .assertCode(0)
                            .out());
        }
    }

    /** So the tests above show something: no call has failed, and the kernel may drop what it shows at any time. */
    @Test
    void withoutItNobodyNotices() throws IOException {
        makeSource(1);
        try (LoopFileSystem disk = LoopFileSystem.mount(scratch.resolve("disk"), "xfs")) {
            Rot.on(disk, marks, Fcp.alone().in(scratch))
                    .run("--fsync", "--io=buffered", "source", "disk/copy")
                    .assertCode(0);

            assertThat(Rot.marks(marks)).hasSize(1000);
            disk.remount();
            assertThat(scratch.shell("diff -rq source disk/copy | wc -l")).isEqualTo(SMALL_FILES + LARGE_FILES + "\n");
        }
    }

    @AloneAndUnderMpirun
    void anOldFileStaysWhereANewOneCannotBeVerified(int ranks) throws IOException {
        makeSource(2);
        try (LoopFileSystem disk = LoopFileSystem.mount(scratch.resolve("disk"), "ext4")) {
            scratch.shell("cp -r source disk/copy; find disk/copy -type f -exec sh -c 'echo old > $0' {} ';'");

            Rot.on(disk, marks, Fcp.withRanks(ranks).in(scratch))
                    .run("-cf", "--errors=errors", "source", "disk/copy")
                    .assertCode(3);

            assertThat(listed()).isEqualTo(spoilt);
            assertThat(scratch.shell("find disk/copy -type f -name 'rotten*' -exec cat {} + | sort | uniq -c"))
                    .isEqualTo("%7d old\n".formatted(SMALL_FILES + LARGE_FILES));
            assertThat(TreeComparison.rsyncChanges(
                            scratch.resolve("source"),
                            scratch.resolve("disk/copy"),
                            "-rlptDc",
                            "--delete",
                            "--exclude=rotten*"))
                    .isEmpty();
        }
    }

    /** What -u leaves alone is not read. */
    @Test
    void whatIsUpToDateIsNotVerified() {
        scratch.shell("mkdir source; head -c 5M /dev/urandom > source/large; echo data > source/small");
        Fcp.alone().in(scratch).run("source", "copy").assertCode(0);
        scratch.shell("echo more > source/new");

        Fcp.alone().in(scratch).run("-cu", "--stats=stats", "source", "copy").assertCode(0);

        assertThat(Stats.read(scratch.resolve("stats")).total("verifiedBytes")).isEqualTo(5);
        scratch.assertSame("source", "copy");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"-c", "--checksum -p", "--verify -s --sparse=always", "-c --sparse=never --fsync", "--fsync"})
    void aTreeOfAllTypesIsCopiedAsWithout(String options) throws IOException {
        scratch.shell(SampleTree.OF_ALL_TYPES);
        new SampleTree(5).anyTree(scratch.resolve("source/sample"));
        scratch.shell(
                "ln source/sample source/linked 2>/dev/null || true; cd source; head -c 3M /dev/urandom > one; ln one two");
        for (int ranks : new int[] {1, 3}) {
            Fcp.withRanks(ranks)
                    .in(scratch)
                    .runScript("fcp -q " + options + " --chunk-size=1M source copy")
                    .assertCode(0);

            scratch.assertSame("source", "copy");
            assertThat(scratch.shell("stat -c %h copy/one")).isEqualTo("2\n");
            scratch.delete("copy");
        }
    }

    /** Blocks that files share are read from both. */
    @ParameterizedTest
    @ValueSource(strings = {"auto", "reflink"})
    void whatSharesItsDataIsVerified(String method) {
        try (LoopFileSystem disk = LoopFileSystem.mount(scratch.resolve("disk"), "xfs")) {
            scratch.shell(
                    "mkdir disk/source; cd disk/source; head -c 100M /dev/urandom > large; head -c 1M large > small");

            Fcp.alone()
                    .in(disk.path())
                    .run("-c", "--io=" + method, "--stats=stats", "source", "copy")
                    .assertCode(0);

            Stats stats = Stats.read(disk.path().resolve("stats"));
            assertThat(stats.total("verifiedBytes")).isEqualTo(101L * MIB);
            TreeComparison.assertSame(disk.path().resolve("source"), disk.path().resolve("copy"));
            String used = scratch.shell("sync -f disk; df --output=used -m disk | tail -n 1");
            assertThat(Integer.parseInt(used.strip())).isLessThan(180);
        }
    }

    @Test
    void largeRangesAreReadBackByAnotherRankThanTheirWriters() {
        scratch.shell(
                "mkdir source; head -c 200M /dev/urandom > source/large; head -c 100M /dev/urandom > source/other");

        // Writing takes longer than reading back, so that each rank keeps up with the others' ranges however busy the
        // machine is.
        Slow.writes(Fcp.underMpirun(3).in(scratch), 10_000)
                .run("-c", "--threads=1", "--chunk-size=2M", "--stats=stats", "source", "copy")
                .assertCode(0);

        Stats stats = Stats.read(scratch.resolve("stats"));
        assertThat(stats.total("verifiedBytes")).isEqualTo(300L * MIB);
        assertThat(stats.total("verifiedForOtherRanks")).isGreaterThan(200L * MIB);
        assertThat(stats.perRank("verifiedForOtherRanks"))
                .allSatisfy(bytes -> assertThat(bytes).isPositive());
    }

    @AloneAndUnderMpirun
    void thatReadingBackFromMemoryProvesLittleIsSaidOnce(int ranks) {
        try (MemoryFileSystem memory = MemoryFileSystem.mount(scratch.resolve("memory"), "size=64M")) {
            scratch.shell("mkdir source; head -c 5M /dev/urandom > source/large; echo data > source/small");

            Fcp.withRanks(ranks)
                    .in(scratch)
                    .run("-c", "source", memory.path() + "/copy")
                    .assertCode(0)
                    .assertOneComplaint("warning", "memory");
        }
    }

    @AloneAndUnderMpirun
    void aFullDestinationStopsTheRunAndLeavesNothingUnfinished(int ranks) {
        try (LoopFileSystem disk = LoopFileSystem.mount(scratch.resolve("disk"), "ext4")) {
            scratch.shell(
                    "mkdir source; for i in 1 2 3 4 5 6; do head -c 200M /dev/urandom > source/$i; done; head -c 9000 source/1 > source/small");

            Fcp.withRanks(ranks)
                    .in(scratch)
                    .run("-c", "--checkpoint-interval=0", "source", "disk/copy")
                    .assertCode(4);

            assertThat(scratch.shell("find disk/copy -name '.fcp.*'")).isEmpty();
            scratch.shell("cd disk/copy; for f in *; do cmp $f ../../source/$f; done");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"-c --io=splice", "-c --io=direct", "-c --dry-run", "--digest=sha256"})
    void whatCannotBeIsRefused(String options) {
        scratch.shell("mkdir source");

        Fcp.alone()
                .in(scratch)
                .runScript("fcp " + options + " source copy")
                .assertCode(2)
                .assertOneComplaint("--");

        assertThat(scratch.shell("ls source copy 2>/dev/null || true")).isEqualTo("source:\n");
    }

    /** A source of which a thousand places spoil so often: small files, and every other mebibyte of large ones. */
    private void makeSource(int times) throws IOException {
        Path source = Files.createDirectory(scratch.resolve("source"));
        for (int i = 0; i < SMALL_FILES; i++) {
            Path directory = Files.createDirectories(source.resolve("small" + i / 100));
            byte[] data = new byte[30 + random.nextInt(6000)];
            random.nextBytes(data);
            Files.write(directory.resolve("good" + i), data);
            byte[] order = Rot.order(times, "small" + i);
            System.arraycopy(order, 0, data, 0, order.length);
            Files.write(directory.resolve("rotten" + i), data);
            spoilt.add("small" + i / 100 + "/rotten" + i + " 0 " + data.length);
        }
        for (int i = 0; i < LARGE_FILES; i++) {
            byte[] data = new byte[(LEAVES - 1) * MIB + 1000 * i + 1];
            random.nextBytes(data);
            Files.write(source.resolve("good-large" + i), data);
            for (int leaf = 1; leaf < LEAVES; leaf += 2) {
                ByteBuffer.wrap(data).position(leaf * MIB).put(Rot.order(times, "large" + i + "-" + leaf));
                long end = Math.min(data.length, (leaf + 1L) * MIB);
                spoilt.add("rotten-large" + i + " " + (long) leaf * MIB + " " + end);
            }
            Files.write(source.resolve("rotten-large" + i), data);
        }
        spoilt.sort(null);
        scratch.shell("truncate -s 30M source/hole; head -c 100K /dev/urandom >> source/hole");
    }

    /** Sorted, what the error list says differs: path in the copy, first byte, byte behind the last. */
    private List<String> listed() {
        List<String> lines = new ArrayList<>();
        for (Map<String, Object> entry : Json.objects(scratch.resolve("errors"))) {
            assertThat(entry).containsEntry("operation", "verify").doesNotContainKey("errno");
            String path = entry.get("path").toString();
            assertThat(path).startsWith("disk/copy/");
            lines.add(path.substring("disk/copy/".length()) + " " + entry.get("from") + " " + entry.get("to"));
        }
        lines.sort(null);
        return lines;
    }
}
