package org.pcircle.it.fsum;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.pcircle.it.support.AloneAndUnderMpirun;
import org.pcircle.it.support.Fcp;
import org.pcircle.it.support.Fsum;
import org.pcircle.it.support.Outcome;
import org.pcircle.it.support.PythonScript;
import org.pcircle.it.support.SampleTree;
import org.pcircle.it.support.Scratch;

/** {@code fsum --manifest}, {@code --check} and {@code --metadata}. */
class FsumManifestIT {

    private static final String TREE = """
            mkdir -p tree/directory/none; cd tree
            head -c 10M /dev/urandom > large; echo data > small; echo other > directory/other; touch empty
            truncate -s 5M hole; ln -s small link; mkfifo fifo
            """;

    @AutoClose
    private final Scratch scratch = Scratch.create();

    @AloneAndUnderMpirun
    void aManifestHasALineForEachEntryAndEachMebibyteInTheOrderOfPaths(int ranks) throws IOException {
        scratch.shell(SampleTree.OF_ALL_TYPES);
        scratch.shell(SampleTree.ODD_NAMES.replace("source", "source/names"));
        new SampleTree(7).anyTree(scratch.resolve("source/sample"));

        String line = Fsum.withRanks(ranks)
                .in(scratch)
                .run("-q", "--metadata", "--export-block-signatures", "--manifest=manifest", "source")
                .assertCode(0)
                .out();

        String expected = PythonScript.of("signature.py", "--metadata", "--list", "source")
                .in(scratch.path())
                .run()
                .assertCode(0)
                .out();
        assertThat(scratch.shell("sed '1,/^$/d' manifest")).isEqualTo(expected);
        assertThat(scratch.shell("head -n 1 manifest"))
                .isEqualTo("signature: " + line.substring(0, line.indexOf(' ')) + "\n");
        assertThat(line)
                .isEqualTo(PythonScript.of("signature.py", "--metadata", "source")
                        .in(scratch.path())
                        .run()
                        .out());
        Fsum.withRanks(ranks)
                .in(scratch)
                .run("-q", "--check=manifest", "source")
                .assertCode(0);
    }

    @AloneAndUnderMpirun
    void whatChangedIsNamedAndWhere(int ranks) {
        scratch.shell(TREE);
        Fsum.withRanks(ranks)
                .in(scratch)
                .run("-q", "--export-block-signatures", "--manifest=manifest", "tree")
                .assertCode(0);
        assertThat(check(ranks, 0, "manifest")).isEqualTo("tree: matches manifest\n");

        scratch.shell("""
                cd tree
                for at in 1048575 1048576 9000000; do
                    head -c $((at + 1)) large | tail -c 1 | tr '\\000-\\377' '\\001-\\377\\000' |
                        dd of=large bs=1 seek=$at conv=notrunc
                done
                truncate -s 8M hole; rm small; mv empty 'extra one'; rm link; ln -s elsewhere link; rm fifo; mkdir fifo
                """);

        assertThat(check(ranks, 3, "manifest")).isEqualTo("""
                missing empty
                extra extra one
                changed fifo: type
                changed hole: size, content
                changed hole: bytes 5242880-8388607
                changed large: content
                changed large: bytes 0-2097151
                changed large: bytes 8388608-9437183
                changed link: content
                missing small
                tree: differs from manifest: 4 changed, 2 missing, 1 extra
                """);
    }

    @AloneAndUnderMpirun
    void aSignatureFileIsComparedAsAWhole(int ranks) {
        scratch.shell(TREE);
        Fsum.withRanks(ranks)
                .in(scratch)
                .run("-q", "--digest=sha256", "-o", "signature", "tree")
                .assertCode(0);

        assertThat(check(ranks, 0, "signature")).isEqualTo("tree: matches signature\n");
        scratch.shell("touch tree/more");
        assertThat(check(ranks, 3, "signature")).isEqualTo("tree: differs from signature\n");
    }

    @ParameterizedTest
    @CsvSource({
        "chmod 600 small, small: mode",
        "chmod u+s small, small: mode",
        "chown 12 small, small: owner",
        "chgrp 12 directory, directory: group",
        "touch -d 2001-02-03T04:05:06.000000007 small, small: time",
        "touch -h -d 1969-12-31T23:59:58.5Z link, link: time",
    })
    void metadataIsCoveredIfThatIsAskedFor(String change, String difference) {
        scratch.shell(TREE);
        Fsum.alone().in(scratch).run("-q", "--manifest=plain", "tree").assertCode(0);
        Fsum.alone()
                .in(scratch)
                .run("-q", "--metadata", "--manifest=manifest", "tree")
                .assertCode(0);

        scratch.shell("cd tree; " + change);

        check(1, 0, "plain");
        assertThat(check(1, 3, "manifest"))
                .isEqualTo("changed " + difference + "\ntree: differs from manifest: 1 changed, 0 missing, 0 extra\n");
        String now = Fsum.alone().in(scratch).run("-q", "--metadata", "tree").out();
        assertThat(now)
                .isEqualTo(PythonScript.of("signature.py", "--metadata", "tree")
                        .in(scratch.path())
                        .run()
                        .out());
    }

    @AloneAndUnderMpirun
    void whatCannotBeReadIsNotCalledMissing(int ranks) {
        scratch.shell(TREE + "chmod -R a+rX .");
        Fsum.alone().in(scratch).run("-q", "--manifest=manifest", "tree").assertCode(0);
        scratch.shell("chmod a+r manifest; cd tree; chmod 0 directory large small; rm empty");

        Outcome outcome = Fsum.withRanks(ranks)
                .unprivileged()
                .in(scratch)
                .run("-q", "--check=manifest", "--manifest=none", "--errors=errors", "tree")
                .assertCode(3);

        assertThat(outcome.out())
                .isEqualTo("missing empty\ntree: differs from manifest: 0 changed, 1 missing, 0 extra\n");
        assertThat(outcome.complaints()).hasSize(3);
        assertThat(scratch.resolve("none")).doesNotExist();
    }

    @Test
    void withErrorsAndNoDifferenceThereIsNoVerdict() {
        scratch.shell(TREE + "chmod -R a+rX .");
        Fsum.alone()
                .in(scratch)
                .run("-q", "--manifest=manifest", "-o", "signature", "tree")
                .assertCode(0);
        scratch.shell("chmod a+r manifest signature; chmod 0 tree/small");

        for (String file : new String[] {"manifest", "signature"}) {
            Outcome outcome = Fsum.alone()
                    .unprivileged()
                    .in(scratch)
                    .run("-q", "--check=" + file, "--errors=errors", "tree")
                    .assertCode(1);

            assertThat(outcome.out()).isEmpty();
            assertThat(outcome.complaints())
                    .anyMatch(line -> line.contains("small: open: Permission denied"))
                    .anyMatch(line -> line.contains("no signature"))
                    .hasSize(2);
        }
    }

    @AloneAndUnderMpirun
    void treesAreToldApartByTheirNames(int ranks) {
        scratch.shell("mkdir -p a/one b; echo 1 > a/one/file; echo 2 > b/file; echo 3 > c");
        Fsum.withRanks(ranks)
                .in(scratch)
                .run("-q", "--manifest=manifest", "a/one", "b", "c")
                .assertCode(0);
        scratch.shell("echo 4 > b/file; rm c; mkdir c; touch a/one/new");

        assertThat(Fsum.withRanks(ranks)
                        .in(scratch)
                        .run("-q", "--check=manifest", "a/one", "b", "c")
                        .assertCode(3)
                        .out())
                .isEqualTo("""
                        changed b/file: content
                        changed c: type
                        extra one/new
                        a/one b c: differs from manifest: 2 changed, 0 missing, 1 extra
                        """);
    }

    @AloneAndUnderMpirun
    void aManifestThatDoesNotFitInMemoryIsSortedBesideTheTree(int ranks) {
        scratch.shell(
                "mkdir tree; cd tree; for d in $(seq 40); do mkdir $d; (cd $d; seq -f %0100g 1000 | xargs touch); done");

        String made = Fsum.withRanks(ranks)
                .in(scratch.resolve("tree"))
                .run("-q", "--manifest=../manifest", ".")
                .assertCode(0)
                .out();

        assertThat(scratch.shell("cd tree; ls -A | grep -c ."))
                .as("nothing is left")
                .isEqualTo("40\n");
        assertThat(scratch.shell("sed '1,/^$/d' manifest | wc -l")).isEqualTo("40041\n");
        assertThat(
                        scratch.shell(
                                "sed '1,/^$/d; s/.* //' manifest | tail -n +2 | tr / '\\001' | LC_ALL=C sort -c && echo sorted"))
                .isEqualTo("sorted\n");
        assertThat(Fsum.withRanks(ranks)
                        .in(scratch.resolve("tree"))
                        .run("-q", ".")
                        .out())
                .isEqualTo(made);
        scratch.shell("rm tree/17/*0000500");
        assertThat(check(ranks, 3, "manifest"))
                .endsWith("0 changed, 1 missing, 0 extra\n")
                .startsWith("missing 17/");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--check=missing: No such file",
                "--check=tree: Is a directory",
                "--check=tree/small: it is no line of fsum, no signature file and no manifest",
                "--check=cut: a line without an end: the file was cut off",
                "--check=changed: it is damaged: its entries do not have its signature",
                "--check=manifest --digest=sha256: it was made with --digest=xxh64",
                "--check=manifest --metadata: it was made without --metadata",
                "--check=later: it does not follow version 1 of the definition",
                "--check=manifest --manifest=manifest: this file is what --check reads",
                "--check=manifest --manifest=tree/../manifest: this file is what --check reads",
                "--export-block-signatures: give --manifest, too",
            })
    void whatCannotBeComparedIsRefused(String given) {
        scratch.shell(TREE);
        Fsum.alone().in(scratch).run("-q", "--manifest=manifest", "tree").assertCode(0);
        scratch.shell("head -c -5 manifest > cut; sed 's/other$/otter/' manifest > changed;"
                + " sed 's/pcircle1/pcircle2/; s/^definition: 1/definition: 2/' manifest > later; cp manifest before");
        int colon = given.indexOf(": ");

        String[] words = (given.substring(0, colon) + " tree").split(" ");
        Outcome outcome = Fsum.alone().in(scratch).run(words).assertCode(2);

        outcome.assertOneComplaint(given.substring(colon + 2));
        assertThat(outcome.out()).isEmpty();
        scratch.shell("cmp manifest before");
    }

    @AloneAndUnderMpirun
    void whatIsFoundIsToldThoughOtherFilesCannotBeWritten(int ranks) {
        scratch.shell(TREE);
        Fsum.alone().in(scratch).run("-q", "--manifest=manifest", "tree").assertCode(0);
        scratch.shell("rm tree/small");

        Outcome outcome = Fsum.withRanks(ranks)
                .in(scratch)
                .run("-q", "--check=manifest", "--manifest=/dev/full", "--stats=/dev/full", "-o", "signature", "tree")
                .assertCode(3);

        assertThat(outcome.out())
                .isEqualTo("missing small\ntree: differs from manifest: 0 changed, 1 missing, 0 extra\n");
        assertThat(outcome.complaints())
                .hasSize(2)
                .allMatch(line -> line.startsWith("fsum: /dev/full: cannot be written: write: No space left"));
        assertThat(scratch.resolve("signature")).isNotEmptyFile();
    }

    /** Whether they are there already or not, so that a signature does not depend on it. */
    @AloneAndUnderMpirun
    void whatARunWritesIntoTheTreeOrComparesWithIsLeftOut(int ranks) {
        scratch.shell(TREE);
        String expected =
                Fsum.alone().in(scratch.resolve("tree")).run("-q", ".").out();
        Fcp fsum = Fsum.withRanks(ranks).in(scratch.resolve("tree"));
        for (int i = 0; i < 2; i++) {
            Outcome outcome = fsum.run("--manifest=m[*", "-o", "./sign", "--stats=../tree/figures", ".");
            assertThat(outcome.assertCode(0).out()).isEqualTo(expected);
            outcome.assertOneComplaint("left out: sign, m[*, figures, which this run writes, or compares with");
            scratch.shell("cd tree; ! grep -q 'sign\\|figures\\|m\\[' 'm[*'; rm sign figures");
        }
        assertThat(fsum.run("-q", "--check=m[*", ".").assertCode(0).out()).isEqualTo(".: matches m[*\n");
        assertThat(fsum.run("-q", ".").out())
                .as("by itself it is content like any other")
                .isNotEqualTo(expected);
    }

    @Test
    void theFileThatStdoutGoesToIsLeftOut() {
        scratch.shell(TREE);
        String expected =
                Fsum.alone().in(scratch.resolve("tree")).run("-q", ".").out();
        Fsum.alone()
                .in(scratch.resolve("tree"))
                .runScript("fsum -q . > sums; fsum -q . ../tree/../tree/sub >> sums || :; fsum -q . >> sums")
                .assertCode(0);
        assertThat(scratch.shell("cat tree/sums")).isEqualTo(expected + expected);
    }

    @Test
    void aFileThatALinkOrDescriptorLeadsToIsLeftOut() {
        scratch.shell(TREE + "touch manifest; ln -s manifest way");
        Fcp fsum = Fsum.alone().in(scratch.resolve("tree"));
        for (String way : List.of("way", "/dev/fd/7")) {
            fsum.runScript("fsum -q --manifest=" + way + " . 7>manifest && fsum -q --check=" + way + " . 7<manifest")
                    .assertCode(0);
            fsum.run("-q", "--check=manifest", ".").assertCode(0);
        }
    }

    @Test
    void aManifestOnStandardOutputCanBeComparedWithAsItIs() {
        scratch.shell(TREE);
        Fcp fsum = Fsum.alone().in(scratch.path());
        fsum.runScript("fsum -q --export-block-signatures --manifest=- tree > all; fsum -q --check=- tree < all")
                .assertCode(0);
        scratch.shell("echo more >> all");
        fsum.run("-q", "--check=all", "tree").assertOneComplaint("something comes after the last");
    }

    private String check(int ranks, int code, String file) {
        return Fsum.withRanks(ranks)
                .in(scratch)
                .run("-q", "--check=" + file, "tree")
                .assertCode(code)
                .out();
    }
}
