package org.pcircle.it.fsum;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pcircle.it.support.Fcp;
import org.pcircle.it.support.Fsum;
import org.pcircle.it.support.Scratch;

/** What fsum prints is checked by fsum, as sha256sum's lines are by sha256sum. */
class CheckedLineIT {

    @AutoClose
    private final Scratch scratch = Scratch.create();

    @BeforeEach
    void makeTree() {
        scratch.shell("mkdir 'a tree'; echo one >'a tree/one'; echo two >'a tree/two'; ln -s 'a tree' tree");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void theLineOfATreeIsCheckedWithItsPathOrWithout(int ranks) throws IOException {
        print(ranks, "line", "a tree");

        assertThat(check(ranks, 0, "--check=line", "a tree")).isEqualTo("a tree: matches line\n");
        assertThat(check(ranks, 0, "-c", "line")).isEqualTo("a tree: matches line\n");
        scratch.shell("echo 2 >'a tree/two'");
        assertThat(check(ranks, 3, "-c", "line", "a tree")).isEqualTo("a tree: differs from line\n");
        assertThat(check(ranks, 3, "-c", "line")).isEqualTo("a tree: differs from line\n");
    }

    @Test
    void theLineSaysByWhatItWasMade() throws IOException {
        print(1, "line", "--digest=sha256", "--metadata", "a tree");

        assertThat(check(1, 0, "-c", "line")).isEqualTo("a tree: matches line\n");
        scratch.shell("chmod 600 'a tree/one'");
        assertThat(check(1, 3, "-c", "line")).isEqualTo("a tree: differs from line\n");
        Fsum.alone()
                .in(scratch)
                .run("-q", "-c", "line", "--digest=xxh64")
                .assertCode(2)
                .assertOneComplaint("it was made with --digest=sha256");
    }

    @Test
    void standardInputIsReadToo() {
        String fsum = Fcp.HOME.resolve("bin/fsum") + " -q";

        assertThat(scratch.shell(fsum + " 'a tree' | " + fsum + " -c -")).isEqualTo("a tree: matches -\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"--output=file", "--manifest=file"})
    void theOtherFilesNameTheirPathsToo(String option) {
        scratch.shell("mv 'a tree' \"$(printf 'a\\ntree \\303\\244')\"; rm tree; ln -s a* tree");
        scratch.shell(Fcp.HOME.resolve("bin/fsum") + " -q " + option + " a*");

        assertThat(check(1, 0, "-c", "file")).endsWith(": matches file\n");
        scratch.shell("echo 2 >tree/two");
        assertThat(check(1, 3, "-c", "file")).contains(": differs from file");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "two: it has more than one line of a result",
                "cut: it is no line of fsum, no signature file and no manifest",
                "pathless: it is no line of fsum, no signature file and no manifest",
                "empty: it is no line of fsum, no signature file and no manifest",
            })
    void whatIsNotOneLineIsRefused(String given) throws IOException {
        print(1, "line", "a tree");
        scratch.shell("cat line line >two; cut -c 2- line >cut; cut -d ' ' -f 1 line >pathless; : >empty");

        String[] words = given.split(": ", 2);
        Fsum.alone()
                .in(scratch)
                .run("-q", "-c", words[0])
                .assertCode(2)
                .assertOneComplaint("--check=" + words[0] + ": ", words[1]);
    }

    private void print(int ranks, String file, Object... words) throws IOException {
        Object[] all = new Object[words.length + 1];
        all[0] = "-q";
        System.arraycopy(words, 0, all, 1, words.length);
        String line = Fsum.withRanks(ranks).in(scratch).run(all).assertCode(0).out();
        Files.writeString(scratch.resolve(file), line);
    }

    private String check(int ranks, int code, Object... words) {
        Object[] all = new Object[words.length + 1];
        all[0] = "-q";
        System.arraycopy(words, 0, all, 1, words.length);
        return Fsum.withRanks(ranks).in(scratch).run(all).assertCode(code).out();
    }
}
