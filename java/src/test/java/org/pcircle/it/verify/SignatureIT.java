package org.pcircle.it.verify;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
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
import org.pcircle.it.support.LoopFileSystem;
import org.pcircle.it.support.Outcome;
import org.pcircle.it.support.Running;
import org.pcircle.it.support.SampleTree;
import org.pcircle.it.support.Scratch;
import org.pcircle.it.support.SignatureReader;
import org.pcircle.it.support.TreeComparison;

/** {@code fcp --signature} says what was copied, as another implementation of the definition finds it on the disk. */
class SignatureIT {

    private static final Duration LIMIT = Duration.ofMinutes(1);

    @AutoClose
    private final Scratch scratch = Scratch.create();

    @Test
    void itIsTheSameForAnyNumberOfRanksAndThreadsAndAnyChunkSize() throws IOException {
        scratch.shell(SampleTree.OF_ALL_TYPES);
        new SampleTree(5).anyTree(scratch.resolve("source/sample"));
        String expected = SignatureReader.read(scratch.path(), "xxh64", "source");

        String[] chunks = {"64K", "1M", "1500K", "3M", "16M", "1G"};
        int run = 0;
        for (int ranks : new int[] {1, 2, 3, 5}) {
            for (int threads : new int[] {1, 2, 4}) {
                String chunk = chunks[run++ % chunks.length];
                Outcome outcome = Fcp.withRanks(ranks)
                        .in(scratch)
                        .run("-qs", "--threads=" + threads, "--chunk-size=" + chunk, "source", "copy")
                        .assertCode(0);

                assertThat(outcome.out())
                        .as("np %d, --threads=%d, --chunk-size=%s", ranks, threads, chunk)
                        .isEqualTo(expected + "  source\n");
                if (run == 1 || ranks == 5) {
                    scratch.assertSame("source", "copy");
                }
                if (threads == 1) {
                    assertThat(SignatureReader.read(scratch.path(), "xxh64", "copy"))
                            .isEqualTo(expected);
                }
                scratch.delete("copy");
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"1, auto", "3, auto", "1, always", "3, never"})
    void itCanBeMadeWithSha256(int ranks, String sparse) {
        scratch.shell(SampleTree.OF_ALL_TYPES);

        Outcome outcome = Fcp.withRanks(ranks)
                .in(scratch)
                .run("-qs", "--digest=sha256", "--sparse=" + sparse, "--chunk-size=1M", "source", "copy")
                .assertCode(0);

        assertThat(outcome.out()).isEqualTo(SignatureReader.read(scratch.path(), "sha256", "source") + "  source\n");
        assertThat(SignatureReader.read(scratch.path(), "sha256", "copy"))
                .isEqualTo(SignatureReader.read(scratch.path(), "sha256", "source"));
        scratch.assertSame("source", "copy");
    }

    @AloneAndUnderMpirun
    void severalSourcesAreSignedTogether(int ranks) {
        scratch.shell("mkdir -p a/one b target; echo data > a/one/file; head -c 5M /dev/urandom > b/large; echo c > c");

        Outcome outcome = Fcp.withRanks(ranks)
                .in(scratch)
                .run("-s", "-q", "a", "b/", "c", "target")
                .assertCode(0);

        assertThat(outcome.out())
                .isEqualTo(SignatureReader.read(scratch.path(), "xxh64", "a", "b", "c") + "  a b/ c\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"10", "900K", "1M", "20M"})
    void aFileHasASignatureOfItsOwn(String size) {
        scratch.shell("mkdir target; head -c " + size + " /dev/urandom > file");

        String copied = Fcp.alone().in(scratch).run("-qs", "file", "other").out();
        String copiedInto = Fcp.alone().in(scratch).run("-qs", "file", "target").out();

        assertThat(copied).isEqualTo(SignatureReader.read(scratch.path(), "xxh64", "other") + "  file\n");
        assertThat(copiedInto).isEqualTo(copied);
    }

    @AloneAndUnderMpirun
    void withoutAllEntriesThereIsNone(int ranks) {
        scratch.shell("mkdir source; echo data > source/file; echo data > source/closed; chmod 0 source/closed");

        Outcome outcome = Fcp.withRanks(ranks)
                .unprivileged()
                .in(scratch)
                .run("-qs", "source", "copy")
                .assertCode(1);

        assertThat(outcome.out()).isEmpty();
        assertThat(outcome.complaints()).anyMatch(line -> line.contains("no signature"));
    }

    /** Small to small, within a leaf; beyond a leaf; and large. */
    @ParameterizedTest
    @CsvSource({"1, 10K", "1, 1000K", "2, 1000K", "1, 20M", "2, 20M"})
    void ofAFileThatHasGrownMeanwhileTheLastVersionCounts(int ranks, String size) {
        scratch.shell("mkdir source; head -c " + size + " /dev/urandom > source/slow-file");
        Gate gate = new Gate(scratch, "slow-file");

        Outcome outcome;
        try (Running run = gate.stopping(Fcp.withRanks(ranks).in(scratch)).start("-qs", "source", "copy")) {
            gate.awaitReached();
            scratch.shell("head -c 100K /dev/urandom >> source/slow-file");
            gate.open();
            outcome = run.await("fcp", LIMIT).assertCode(0);
        }

        scratch.assertSame("source", "copy");
        assertThat(outcome.out()).isEqualTo(SignatureReader.read(scratch.path(), "xxh64", "source") + "  source\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"auto", "reflink"})
    void whatSharesItsDataIsReadAllTheSame(String method) {
        try (LoopFileSystem disk = LoopFileSystem.mount(scratch.resolve("disk"), "xfs")) {
            Command.shell("mkdir source; cd source; head -c 300M /dev/urandom > large; head -c 1M large > small")
                    .in(disk.path())
                    .run()
                    .assertCode(0);

            String signature = Fcp.alone()
                    .in(disk.path())
                    .run("-qs", "--digest=sha256", "--io=" + method, "source", "copy")
                    .assertCode(0)
                    .out();

            TreeComparison.assertSame(disk.path().resolve("source"), disk.path().resolve("copy"));
            assertThat(signature).isEqualTo(SignatureReader.read(disk.path(), "sha256", "copy") + "  source\n");
            String used = Command.shell("sync -f .; df --output=used -m . | tail -n 1")
                    .in(disk.path())
                    .run()
                    .out();
            assertThat(Integer.parseInt(used.strip())).isLessThan(450);
        }
    }

    @Test
    void theHashFunctionIsLoadedFromTheInstallationAndOnlyWhenWanted() throws IOException {
        scratch.shell("mkdir source temporary; echo data > source/file");
        Fcp fcp = Fcp.alone()
                .with(
                        "PCIRCLE_JAVA_OPTS",
                        "-Djava.io.tmpdir=" + scratch.resolve("temporary") + " -Xlog:class+load:file="
                                + scratch.resolve("classes"))
                .in(scratch);

        fcp.run("source", "unsigned").assertCode(0);
        assertThat(scratch.shell("grep -c jpountz classes || true")).isEqualTo("0\n");

        fcp.run("-s", "source", "signed").assertCode(0);
        assertThat(scratch.shell("cat classes")).contains("XXHash64JNI");
        assertThat(scratch.shell("ls -A temporary")).as("nothing is unpacked").isEmpty();
    }

    /** As on a processor that does not run it. */
    @Test
    void withoutTheCLibrarySignaturesAreTheSameAndItIsNotLoaded() {
        scratch.shell("mkdir source; head -c 3000000 /dev/urandom > source/large; echo small > source/small");
        String expected = Fsum.alone().in(scratch).run("source").assertCode(0).out();
        Fcp fcp = Fcp.alone().with("PCIRCLE_JAVA_OPTS", "-Dpcircle.xxh64=java").in(scratch);

        Outcome outcome = fcp.run("-c", "-s", "source", "copy").assertCode(0);

        assertThat(outcome.out()).endsWith(expected);
        assertThat(fcp.run("--doctor").assertCode(0).out()).contains("digests come out right, xxh64 by Java code");
        fcp.with("PCIRCLE_JAVA_OPTS", "-Dpcircle.xxh64=java -Xlog:class+load:file=" + scratch.resolve("classes"))
                .run("-s", "source", "signed")
                .assertCode(0);
        assertThat(scratch.shell("grep jpountz classes"))
                .contains("XXHash64JavaSafe")
                .doesNotContain("JNI", "Native");
    }

    @ParameterizedTest
    @CsvSource({"xxh64, true", "sha256, false"})
    void sha256IsCompiledByTheCompilerThatUsesTheProcessorsInstructions(String digest, boolean quickly) {
        scratch.shell("mkdir source");

        Outcome outcome = Fcp.alone()
                .with("PCIRCLE_JAVA_OPTS", "-XX:+PrintCommandLineFlags")
                .in(scratch)
                .run("-s", "--digest", digest, "source", "copy")
                .assertCode(0);

        assertThat(outcome.err().contains("TieredStopAtLevel=1")).isEqualTo(quickly);
    }

    @ParameterizedTest
    @ValueSource(strings = {"-s --io=splice", "-s --dry-run", "--digest=sha256", "-s --digest=md5", "-o file"})
    void whatCannotBeIsRefused(String options) {
        scratch.shell("mkdir source");

        Fcp.alone().in(scratch).run(arguments(options)).assertCode(2).assertOneComplaint("--");

        assertThat(scratch.shell("ls")).isEqualTo("source\n");
    }

    private static Object[] arguments(String options) {
        List<Object> words = new ArrayList<>(List.of(options.split(" ")));
        words.add("source");
        words.add("copy");
        return words.toArray();
    }
}
