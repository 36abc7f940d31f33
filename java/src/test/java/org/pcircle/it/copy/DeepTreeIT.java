package org.pcircle.it.copy;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.pcircle.it.support.AloneAndUnderMpirun;
import org.pcircle.it.support.Fcp;
import org.pcircle.it.support.Fsum;
import org.pcircle.it.support.Scratch;

/** Directories in each other, so many that their paths are far longer than any system call takes. */
class DeepTreeIT {

    private static final int DEPTH = 2500;

    @AutoClose
    private final Scratch scratch = Scratch.create();

    @BeforeEach
    void makeChain() {
        scratch.shell("mkdir empty; python3 - <<'END'\n"
                + "import os\n"
                + "os.mkdir('chain'); os.chdir('chain')\n"
                + "for i in range(" + DEPTH + "):\n"
                + "    os.mkdir('directory'); os.chdir('directory')\n"
                + "open('leaf', 'w').write('x')\n"
                + "END");
    }

    @AloneAndUnderMpirun
    void aChainIsCopiedSummedAndTakenAway(int ranks) {
        Fcp.withRanks(ranks).in(scratch).run("-p", "chain", "copy").assertCode(0);
        assertThat(hash("copy")).isEqualTo(hash("chain"));
        Fcp.withRanks(ranks).in(scratch).run("-p", "--mirror", "chain", "copy").assertCode(0);
        assertThat(hash("copy")).isEqualTo(hash("chain"));
        Fcp.withRanks(ranks)
                .in(scratch)
                .run("--mirror", "--delete=anything", "empty", "copy")
                .assertCode(0);
        assertThat(scratch.shell("ls -A copy")).isEmpty();
    }

    private String hash(String tree) {
        return Fsum.alone().in(scratch).run(tree).assertCode(0).out().split(" ")[0];
    }
}
