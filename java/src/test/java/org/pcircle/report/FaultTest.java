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
        assertThat(Fault.mismatch(PATH, 1 << 20, 2 << 20).message())
                .isEqualTo("verify: bytes 1048576 to 2097151 differ from the source");
        assertThat(new Fault(PATH, Operation.VERIFY, Errno.EIO.number()).message())
                .isEqualTo("verify: Input/output error");
        assertThat(new Fault(PATH, Operation.COMPARE, 0).message()).isEqualTo("changed while it was read");
        assertThat(new Fault(PATH, Operation.OPEN, Errno.ESTALE.number()).message())
                .contains("when it was listed");
    }
}
