package org.pcircle.it.copy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import org.junit.jupiter.api.AutoClose;
import org.pcircle.it.support.AloneAndUnderMpirun;
import org.pcircle.it.support.Command;
import org.pcircle.it.support.Fcp;
import org.pcircle.it.support.Manifest;
import org.pcircle.it.support.Outcome;
import org.pcircle.it.support.Scratch;
import org.pcircle.it.support.User;

/** What is neither a file nor a directory nor a link is made anew; nobody reads from it. */
class SpecialFilesIT {

    @AutoClose
    private final Scratch scratch = Scratch.create();

    @AloneAndUnderMpirun
    void fifosAndSocketsAreMadeAnew(int ranks) throws IOException {
        scratch.shell("mkdir source; mkfifo -m 0604 source/fifo; mkfifo -m 0000 source/closed");
        UnixDomainSocketAddress address = UnixDomainSocketAddress.of(scratch.resolve("source/socket"));
        try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            server.bind(address);
        }

        Fcp.withRanks(ranks).in(scratch).run("source", "copy").assertCode(0);

        assertThat(Manifest.of(scratch.resolve("copy")))
                .anyMatch(line -> line.startsWith("socket  s "))
                .isEqualTo(Manifest.of(scratch.resolve("source")));
    }

    @AloneAndUnderMpirun
    void aFifoCanBeTheSourceItself(int ranks) {
        scratch.shell("mkfifo fifo; mkdir directory");

        Fcp.withRanks(ranks).in(scratch).run("fifo", "directory").assertCode(0);

        scratch.shell("test -p directory/fifo");
    }

    @AloneAndUnderMpirun
    void rootCopiesDeviceNodes(int ranks) {
        User.assumeRoot("can make device nodes");
        Outcome made = Command.shell("mkdir source; mknod -m 640 source/char c 1 3; mknod -m 606 source/block b 7 1000")
                .in(scratch.path())
                .run();
        assumeTrue(made.code() == 0, () -> "device nodes cannot be made here: " + made);

        Fcp.withRanks(ranks).in(scratch).run("source", "copy").assertCode(0);

        String nodes = "cd %s; stat -c '%%n %%F %%a %%t:%%T %%y' *";
        assertThat(scratch.shell(nodes.formatted("copy"))).isEqualTo(scratch.shell(nodes.formatted("source")));
    }

    @AloneAndUnderMpirun
    void othersAreToldWhichDeviceNodesTheyCannotMake(int ranks) {
        Outcome outcome = Fcp.withRanks(ranks)
                .unprivileged()
                .in(scratch)
                .run("/dev/null", "copy")
                .assertCode(1);

        outcome.assertOneComplaint("copy", "Operation not permitted");
    }
}
