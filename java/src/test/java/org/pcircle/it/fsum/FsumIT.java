package org.pcircle.it.fsum;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.pcircle.it.support.AloneAndUnderMpirun;
import org.pcircle.it.support.Command;
import org.pcircle.it.support.Fcp;
import org.pcircle.it.support.Fsum;
import org.pcircle.it.support.Gate;
import org.pcircle.it.support.Json;
import org.pcircle.it.support.MemoryFileSystem;
import org.pcircle.it.support.Outcome;
import org.pcircle.it.support.Running;
import org.pcircle.it.support.SampleTree;
import org.pcircle.it.support.Scratch;
import org.pcircle.it.support.SignatureReader;
import org.pcircle.it.support.Stats;

/** {@code fsum} says what is on the disk, as another implementation of the definition finds it. */
class FsumIT {

    private static final Duration LIMIT = Duration.ofMinutes(1);

    /** Of the four, that are tried with each number of ranks and threads. */
    private static final int CHUNK_SIZES_EACH = Integer.getInteger("sum.chunk.sizes", 1);

    private static final int FLIPS = Integer.getInteger("sum.flips", 8);

    @AutoClose
    private final Scratch scratch = Scratch.hiding();

    @Test
    void theSignatureIsTheSameForAnyNumberOfRanksAndThreadsAndAnyChunkSize() throws IOException {
        scratch.shell(SampleTree.OF_ALL_TYPES);
        new SampleTree(5).anyTree(scratch.resolve("source/sample"));
        String expected = SignatureReader.read(scratch.path(), "xxh64", "source");

        String[] chunks = {"64K", "1500K", "3M", "1G"};
        int run = 0;
        for (int ranks : new int[] {1, 2, 3, 5}) {
            for (int threads : new int[] {1, 2, 4}) {
                run++;
                for (int i = 0; i < CHUNK_SIZES_EACH; i++) {
                    String chunk = chunks[(run + i) % chunks.length];
                    Outcome outcome = Fsum.withRanks(ranks)
                            .in(scratch)
                            .run("-q", "--threads=" + threads, "--chunk-size=" + chunk, "source")
                            .assertCode(0);

                    assertThat(outcome.out())
                            .as("np %d, --threads=%d, --chunk-size=%s", ranks, threads, chunk)
                            .isEqualTo(expected + "  source\n");
                }
            }
        }
    }

    /** {@code TreeSumTest} flips ten thousand. */
    @Test
    void itChangesWithAnyBit() throws IOException {
        new SampleTree(3).directoryOfFiles(scratch.resolve("source"), 5, 900_000);
        scratch.shell("head -c 3M /dev/urandom > source/large");
        List<Path> files = new ArrayList<>();
        try (Stream<Path> listed = Files.list(scratch.resolve("source"))) {
            listed.sorted().forEach(files::add);
        }
        SplittableRandom random = new SplittableRandom(11);
        Set<String> signatures =
                new HashSet<>(Set.of(value(Fsum.alone().in(scratch).run("-q", "source"))));

        for (int i = 0; i < FLIPS; i++) {
            Path file = files.get(random.nextInt(files.size()));
            byte[] content = Files.readAllBytes(file);
            int at = random.nextInt(content.length);
            content[at] ^= (byte) (1 << random.nextInt(8));
            Files.write(file, content);

            assertThat(signatures.add(value(Fsum.alone().in(scratch).run("-q", "source"))))
                    .as("byte %d of %s", at, file)
                    .isTrue();
        }
    }

    @AloneAndUnderMpirun
    void namesAreBytes(int ranks) {
        scratch.shell(SampleTree.ODD_NAMES);

        assertSigned(ranks, "xxh64", "source");
    }

    @ParameterizedTest
    @CsvSource({"1", "3"})
    void itCanBeMadeWithSha256(int ranks) {
        scratch.shell(SampleTree.OF_ALL_TYPES);

        assertSigned(ranks, "sha256", "source");
    }

    @AloneAndUnderMpirun
    void sourceAndCopyHaveTheSignatureThatFcpPrints(int ranks) {
        scratch.shell(SampleTree.OF_ALL_TYPES);

        String printed = value(Fcp.withRanks(ranks).in(scratch).run("-qs", "source", "copy"));

        assertThat(value(Fsum.withRanks(ranks).in(scratch).run("source"))).isEqualTo(printed);
        assertThat(value(Fsum.withRanks(ranks).in(scratch).run("copy/"))).isEqualTo(printed);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "printf '\\001' | dd of=large bs=1 seek=9000000 conv=notrunc",
                "printf '\\001' | dd of=small bs=1 seek=500 conv=notrunc",
                "printf '\\001' | dd of=hole bs=1 seek=3000000 conv=notrunc",
                "truncate -s -1 large",
                "truncate -s +1 hole",
                "mv small smaller",
                "mv small directory/",
                "mv small spare; mv other small; mv spare other",
                "for i in 1 0 2; do tail -c +$((i * 1048576 + 1)) chunks | head -c 1M; done > chunks+; mv chunks+ chunks",
                "cp -p small directory/small",
                "rm empty",
                "rmdir directory/none",
                "ln -sfn elsewhere link",
                "rm link; echo -n small > link",
                "rm fifo; touch fifo",
                "rm hard",
            })
    void itChangesWith(String change) {
        scratch.shell("""
                mkdir -p source/directory/none && cd source
                head -c 10M /dev/zero > large; head -c 1000 /dev/zero > small; echo other > other; touch empty
                truncate -s 5M hole; ln -s small link; mkfifo fifo; ln small hard; head -c 3M /dev/urandom > chunks
                """);
        String before = value(Fsum.alone().in(scratch).run("source"));

        scratch.shell("cd source; " + change);

        assertThat(value(Fsum.alone().in(scratch).run("source"))).isNotEqualTo(before);
    }

    @Test
    void itDoesNotChangeWithWhatItDoesNotCover() {
        scratch.shell(
                "mkdir source; head -c 5M /dev/zero > source/file; echo data > source/one; ln source/one source/two");
        String before = value(Fsum.alone().in(scratch).run("source"));

        scratch.shell("""
                cd source; chmod 0600 one; touch -d 2001-01-01 one file .; rm file; truncate -s 5M file
                cp two three; mv three two; mv ../source ../moved
                """);

        assertThat(value(Fsum.alone().in(scratch).run("moved"))).isEqualTo(before);
    }

    @AloneAndUnderMpirun
    void severalPathsAreSignedTogetherEachUnderTheNameItEndsIn(int ranks) {
        scratch.shell("""
                mkdir -p a/one deep/b; echo data > a/one/file; head -c 5M /dev/urandom > deep/b/large; echo c > deep/c
                head -c 3M /dev/urandom > d; ln -s deep link; ln -s b deep/to-b
                """);

        assertSigned(ranks, "xxh64", "a", "deep/b/", "deep/c", "d", "link", "deep/to-b/");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "10", "1M", "20M"})
    void aFileHasASignatureOfItsOwn(String size) {
        scratch.shell("head -c " + size + " /dev/urandom > file");

        assertSigned(1, "xxh64", "file");
        String printed = value(Fcp.alone().in(scratch).run("-qs", "file", "other"));
        assertThat(value(Fsum.alone().in(scratch).run("other"))).isEqualTo(printed);
    }

    @Test
    void holesAreKnownWithoutReadingThem() {
        scratch.shell("truncate -s 1T hole");

        String signature = value(Fsum.alone().in(scratch).run("--stats=stats", "hole"));

        assertThat(signature).startsWith("pcircle1-xxh64:");
        assertThat(Stats.read(scratch.resolve("stats")).total("bytes")).isEqualTo(1L << 40);
        assertThat(Stats.read(scratch.resolve("stats")).seconds()).isLessThan(30);
    }

    @AloneAndUnderMpirun
    void whatIsLeftOutIsNotSigned(int ranks) {
        scratch.shell(
                "mkdir -p source/cache source/kept; touch source/cache/x source/kept/x.o source/kept/x.c source/x.o");

        Outcome outcome = Fsum.withRanks(ranks)
                .in(scratch)
                .run("--include=/x.o", "--exclude=*.o", "--exclude=/cache", "source")
                .assertCode(0);

        scratch.shell("rm -r source/cache source/kept/x.o");
        assertThat(value(outcome)).isEqualTo(SignatureReader.read(scratch.path(), "xxh64", "source"));
    }

    @AloneAndUnderMpirun
    void oneFileSystemDoesNotLookBehindMountPoints(int ranks) {
        scratch.shell("mkdir -p source; touch source/file");
        try (MemoryFileSystem mounted = MemoryFileSystem.mount(scratch.resolve("source/mounted"), "size=1m")) {
            String empty = SignatureReader.read(scratch.path(), "xxh64", "source");
            Command.of("touch", mounted.path().resolve("hidden").toString())
                    .run()
                    .assertCode(0);

            assertThat(value(Fsum.withRanks(ranks).in(scratch).run("-x", "source")))
                    .isEqualTo(empty);
            assertSigned(ranks, "xxh64", "source");
        }
    }

    @AloneAndUnderMpirun
    void whatCannotBeReadIsListedAndThereIsNoSignature(int ranks) {
        scratch.shell("""
                mkdir -p source/closed; echo data > source/file; echo data > source/secret; head -c 5M /dev/zero > source/large
                chmod 0 source/closed source/secret source/large
                """);

        Outcome outcome = Fsum.withRanks(ranks)
                .unprivileged()
                .in(scratch)
                .run("--errors=errors", "--output=signature", "source")
                .assertCode(1);

        assertThat(outcome.out()).isEmpty();
        assertThat(scratch.resolve("signature")).doesNotExist();
        assertThat(outcome.complaints())
                .anyMatch(line -> line.contains("source/secret: open: Permission denied"))
                .anyMatch(line -> line.contains("source/large: open: Permission denied"))
                .anyMatch(line -> line.contains("source/closed: open: Permission denied"))
                .anyMatch(line -> line.contains("no signature"))
                .hasSize(4);
        assertThat(outcome.err()).contains("3 entries failed; listed in errors");
        assertThat(Json.objects(scratch.resolve("errors")))
                .extracting(error -> error.get("path"))
                .containsExactlyInAnyOrder("source/secret", "source/large", "source/closed");
    }

    @Test
    void theErrorListIsCalledAfterTheCommand() {
        scratch.shell("echo data > secret; chmod 0 secret");

        Fsum.alone().unprivileged().in(scratch).run("-q", "secret").assertCode(1);

        assertThat(scratch.shell("ls")).matches("fsum-errors-[^\n]*[.]jsonl\nsecret\n");
    }

    /** In a batch, and in ranges. */
    @ParameterizedTest
    @CsvSource({"1, 10K", "2, 10K", "1, 20M", "2, 20M"})
    void aFileThatChangesMeanwhileIsAFailure(int ranks, String size) {
        scratch.shell("mkdir source; head -c " + size + " /dev/urandom > source/slow-file");
        Gate gate = new Gate(scratch, "slow-file");

        Outcome outcome;
        try (Running run = gate.stopping(Fsum.withRanks(ranks).in(scratch)).start("source")) {
            gate.awaitReached();
            scratch.shell("echo more >> source/slow-file");
            gate.open();
            outcome = run.await("fsum", LIMIT).assertCode(1);
        }

        assertThat(outcome.out()).isEmpty();
        assertThat(outcome.complaints())
                .anyMatch(line -> line.contains("source/slow-file: changed while it was read"))
                .anyMatch(line -> line.contains("no signature"))
                .hasSize(2);
    }

    @AloneAndUnderMpirun
    void figuresAreOfTheWholeRunAndHardLinksAreFilesOfTheirOwn(int ranks) {
        scratch.shell("""
                mkdir -p source/directory; cd source; head -c 3M /dev/urandom > large; echo 12345 > small
                ln large directory/large; ln small directory/small; ln -s small link; mkfifo fifo
                """);

        Outcome outcome = Fsum.withRanks(ranks)
                .in(scratch)
                .run("-vv", "--stats=stats", "source")
                .assertCode(0);

        Stats stats = Stats.read(scratch.resolve("stats"));
        assertThat(Map.of(
                        "entries", stats.total("entries"),
                        "files", stats.total("files"),
                        "directories", stats.total("directories"),
                        "symlinks", stats.total("symlinks"),
                        "specials", stats.total("specials"),
                        "bytes", stats.total("bytes"),
                        "scanned", stats.total("scanned"),
                        "scannedBytes", stats.total("scannedBytes")))
                .isEqualTo(Map.of(
                        "entries", 8L,
                        "files", 4L,
                        "directories", 2L,
                        "symlinks", 1L,
                        "specials", 1L,
                        "bytes", 2L * (3 << 20) + 12,
                        "scanned", 8L,
                        "scannedBytes", 2L * (3 << 20) + 12));
        assertThat(stats.perRank("entries")).hasSize(ranks);
        assertThat(outcome.out().lines())
                .as("the result stands alone on stdout")
                .hasSize(1);
        assertThat(outcome.err()).contains("8 entries (4 files, 2 directories, 1 symlink)", "rank 0 on ");
    }

    @Test
    void quietIsOneLineAndNothingElse() {
        scratch.shell("mkdir source");

        Outcome outcome = Fsum.alone().in(scratch).run("-q", "source").assertCode(0);

        assertThat(outcome.out().lines()).hasSize(1);
        assertThat(outcome.err()).isEmpty();
        assertThat(scratch.shell("ls")).isEqualTo("source\n");
    }

    @AloneAndUnderMpirun
    void fsumAndFcpWriteTheSameSignatureFile(int ranks) {
        scratch.shell(SampleTree.OF_ALL_TYPES);
        Instant start = Instant.now();

        String line = Fsum.withRanks(ranks)
                .in(scratch)
                .run("-q", "-o", "by-fsum", "source")
                .assertCode(0)
                .out();
        Fcp.withRanks(ranks)
                .in(scratch)
                .run("-qs", "--output=by-fcp", "source", "copy")
                .assertCode(0);

        List<String> file = scratch.shell("cat by-fsum").lines().toList();
        assertThat(file.get(0)).isEqualTo("signature: " + line.substring(0, line.indexOf(' ')));
        assertThat(file).contains("definition: 1", "digest: xxh64", "path: source");
        assertThat(file)
                .contains(
                        "entries: " + count(""),
                        "files: " + count("-type f"),
                        "directories: " + count("-type d"),
                        "symlinks: " + count("-type l"),
                        "bytes: "
                                + scratch.shell(
                                        "find source -type f -printf '%s\\n' | awk '{n += $1} END {printf \"%d\", n}'"));
        String date = file.get(3).substring("date: ".length());
        assertThat(Instant.parse(date)).isBetween(start.minusSeconds(2), Instant.now());
        String withoutDate = "grep -v ^date: ";
        assertThat(scratch.shell(withoutDate + "by-fcp")).isEqualTo(scratch.shell(withoutDate + "by-fsum"));
    }

    @Test
    void aSignatureFileThatCannotBeWrittenIsAFailure() {
        scratch.shell("mkdir source");

        Outcome outcome =
                Fsum.alone().in(scratch).run("-q", "-o", "/dev/full", "source").assertCode(1);

        assertThat(value(new Outcome("", 0, outcome.out(), "")))
                .as("it is printed all the same")
                .isNotEmpty();
        outcome.assertOneComplaint("/dev/full: cannot be written: write: No space left");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "-q",
                "nowhere",
                "source nowhere",
                "source other/source",
                "source source/",
                "source .",
                "source/file/",
                "--digest=md5 source",
                "--digest source",
                "-o",
                "--threads=0 source",
                "--exclude-from=nowhere source",
                "-r source",
                "-s source",
                "--sparse=auto source",
                "--check=m source",
                "--manifest=m --output=m source",
                "--checkpoint-dir=source source",
                "--checkpoint-dir=other/source source other",
                "--export-block-signatures source",
                "--resume=x source",
            })
    void whatCannotBeIsRefused(String arguments) {
        scratch.shell("mkdir -p source other/source; touch source/file");

        Object[] words = arguments.isEmpty() ? new Object[0] : arguments.split(" ");
        Outcome outcome = Fsum.alone().in(scratch).run(words).assertCode(2).assertOneComplaint("fsum: ");

        assertThat(outcome.out()).isEmpty();
        assertThat(scratch.shell("ls")).isEqualTo("other\nsource\n");
    }

    @Test
    void ranksThatCannotBeginSaySoOnce() {
        Fsum.withRanks(3).in(scratch).run("nowhere").assertCode(2).assertOneComplaint("nowhere", "No such file");
    }

    /** How many entries of the source find(1) finds. */
    private String count(String condition) {
        return scratch.shell("find source " + condition + " -printf x | wc -c").strip();
    }

    private void assertSigned(int ranks, String digest, String... paths) {
        List<Object> words = new ArrayList<>(List.of("-q", "--digest=" + digest));
        words.addAll(List.of(paths));

        Outcome outcome = Fsum.withRanks(ranks).in(scratch).run(words.toArray()).assertCode(0);

        String expected = SignatureReader.read(scratch.path(), digest, paths);
        assertThat(outcome.out()).isEqualTo(expected + "  " + String.join(" ", paths) + "\n");
    }

    /** The signature in the only line of a run that went well. */
    private static String value(Outcome outcome) {
        String line = outcome.assertCode(0).out();
        assertThat(line.lines()).as(outcome.toString()).hasSize(1);
        return line.substring(0, line.indexOf(' '));
    }
}
