package org.pcircle.cli;

import java.io.IOException;
import org.pcircle.circle.MessageCodec;
import org.pcircle.plan.UsageException;
import org.pcircle.report.ExitCode;
import org.pcircle.transport.Launcher;
import org.pcircle.transport.Transport;
import org.pcircle.transport.TransportChoice;
import org.pcircle.work.WorkCodec;

/** The command fcp: a parallel copy of files and trees, alone or as one rank of many. */
public final class Fcp {

    /** mpirun ends this wait as soon as rank 0 has failed. */
    private static final long ROOT_SPEAKS_MS = 2000;

    private Fcp() {}

    public static void main(String[] arguments) {
        Runtime.getRuntime().halt(run(arguments));
    }

    private static int run(String[] arguments) {
        Launcher launcher = Launcher.of(System.getenv());
        Console console = new Console("fcp");
        try {
            CommandLine line = CommandLine.parse(RawArguments.of(arguments));
            if (line.has(FcpOption.HELP) || line.has(FcpOption.VERSION)) {
                if (launcher.rank() == 0) {
                    console.result(line.has(FcpOption.HELP) ? Help.text() : Version.text());
                }
                return ExitCode.DONE.code();
            }
            return run(FcpSettings.of(line), launcher, console);
        } catch (UsageException | TransportChoice.UnavailableException e) {
            if (launcher.rank() == 0) {
                console.error(String.valueOf(e.getMessage()));
            } else {
                letRootSpeak();
            }
            return ExitCode.USAGE.code();
        } catch (IOException e) {
            console.error(String.valueOf(e.getMessage()));
            return ExitCode.INTERNAL.code();
        }
    }

    /** mpirun ends all ranks when the first of them fails: where none of them uses MPI, the others wait for rank 0. */
    private static void letRootSpeak() {
        try {
            Thread.sleep(ROOT_SPEAKS_MS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static int run(FcpSettings settings, Launcher launcher, Console console)
            throws TransportChoice.UnavailableException {
        Transport transport = settings.transport().open(launcher, new MessageCodec(new WorkCodec()));
        try {
            int code = new CopyJob(settings, transport, console).run();
            transport.close();
            return code;
        } catch (OutOfMemoryError e) {
            console.error("rank " + transport.rank() + ": out of memory: " + e.getMessage());
        } catch (Throwable e) {
            console.internalError(e);
        }
        transport.abort(ExitCode.INTERNAL.code());
        return ExitCode.INTERNAL.code();
    }
}
