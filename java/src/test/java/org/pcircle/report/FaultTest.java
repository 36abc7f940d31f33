package org.pcircle.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.pcircle.fs.Errno;
import org.pcircle.fs.Operation;

class FaultTest {

    private static final byte[] PATH = {'a', '\n'};

    @Test
    void aFaultIsOneLine() {
        assertThat(new Fault(PATH, Operation.WRITE, Errno.EIO.number()))
                .hasToString("a\\012: write: Input/output error");
    }

    @Test
    void aNumberWithoutANameIsShownAsItIs() {
        assertThat(new Fault(PATH, Operation.WRITE, 4711)).hasToString("a\\012: write: Unknown error 4711");
        assertThat(Errno.name(4711)).isEqualTo("errno 4711");
    }

    @Test
    void whatIsNoErrorOfTheKernelIsSaidInWords() {
        assertThat(new Fault(PATH, Operation.CHANGED, 0).message()).isEqualTo("changed while it was read");
        assertThat(new Fault(PATH, Operation.OPEN, Errno.ESTALE.number()).message())
                .contains("when it was listed");
    }
}
