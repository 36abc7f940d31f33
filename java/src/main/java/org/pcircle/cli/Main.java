package org.pcircle.cli;

import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pcircle.circle.MessageCodec;
import org.pcircle.cli.console.Console;
import org.pcircle.cli.doc.Help;
import org.pcircle.cli.doctor.Doctor;
import org.pcircle.cli.doctor.Version;
import org.pcircle.cli.job.CopyJob;
import org.pcircle.cli.job.DiscardJob;
import org.pcircle.cli.job.Job;
import org.pcircle.cli.job.SumJob;
import org.pcircle.cli.option.Command;
import org.pcircle.cli.option.CommandLine;
import org.pcircle.cli.option.CommandOption;
import org.pcircle.cli.settings.DiscardSettings;
import org.pcircle.cli.settings.FcpSettings;
import org.pcircle.cli.settings.FsumSettings;
import org.pcircle.cli.settings.RunSettings;
import org.pcircle.fs.HeldOutput;
import org.pcircle.fs.Signals;
import org.pcircle.plan.UsageException;
import org.pcircle.report.ExitCode;
import org.pcircle.transport.Launcher;
import org.pcircle.transport.Transport;
import org.pcircle.transport.TransportChoice;
import org.pcircle.transport.TransportProvider;
import org.pcircle.workload.WorkItemCodec;

/** The common part of the commands' main methods: from words to an exit code. */
final class Main {

    /** mpirun ends this wait as soon as rank 0 has failed. */
    private static final long ROOT_SPEAKS_MS = 2000;

    private Main() {}

    /** Runs a command, alone or as one rank of many, and returns its exit code. */
    static int run(Command command, String[] arguments) {
        Launcher launcher = Launcher.of(System.getenv());
        Console console = new Console(command.word());
        try {
            CommandLine line = CommandLine.parse(command, List.of(arguments));
            String told = told(command, line);
            if (told != null) {
                if (launcher.rank() == 0) {
                    console.result(told);
                }
                return printed(ExitCode.DONE.code(), console);
            }
            if (line.has(CommandOption.DOCTOR)) {
                return printed(new Doctor(console, launcher).examine(line.words()), console);
            }
            Chosen chosen = choose(command, line);
            Signals.note();
            return run(chosen, launcher, console);
        } catch (UsageException | TransportProvider.UnavailableException e) {
            if (launcher.rank() == 0) {
                console.error(String.valueOf(e.getMessage()));
            } else {
                letRootSpeak();
            }
            return ExitCode.USAGE.code();
        } catch (IOException e) {
            console.error(String.valueOf(e.getMessage()));
        } catch (LinkageError e) {
            console.error("this installation is damaged: " + e);
            return ExitCode.USAGE.code();
        } catch (Throwable e) {
            console.internalError(e);
        }
        return ExitCode.INTERNAL.code();
    }

    /** What is printed instead of a run; null if a run is wanted. */
    private static @Nullable String told(Command command, CommandLine line) {
        if (line.has(CommandOption.HELP)) {
            return Help.text(command);
        }
        if (line.has(CommandOption.USAGE)) {
            return Help.usage(command);
        }
        return line.has(CommandOption.VERSION) ? Version.text(command) : null;
    }

    /** The exit code of a command that only prints, if the output was written. */
    private static int printed(int code, Console console) {
        if (console.isReaderGone()) {
            return ExitCode.READER_GONE.code();
        }
        if (console.hasLostResults()) {
            console.error("standard output cannot be written");
            return Math.max(code, ExitCode.SOME_FAILED.code());
        }
        return code;
    }

    /** mpirun ends all ranks when the first of them fails: where none of them uses MPI, the others wait for rank 0. */
    private static void letRootSpeak() {
        try {
            Thread.sleep(ROOT_SPEAKS_MS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** A job that waits for its transport, and the settings of the run. */
    private record Chosen(RunSettings settings, JobFactory jobs) {}

    private interface JobFactory {
        Job create(Transport transport, Console console);
    }

    private static Chosen choose(Command command, CommandLine line) throws UsageException {
        return switch (command) {
            case FCP ->
                line.has(CommandOption.DISCARD) ? chosen(DiscardSettings.of(line)) : chosen(FcpSettings.of(line));
            case FSUM -> chosen(FsumSettings.of(line));
        };
    }

    private static Chosen chosen(FcpSettings settings) {
        return new Chosen(settings.run(), (transport, console) -> CopyJob.of(settings, transport, console));
    }

    private static Chosen chosen(FsumSettings settings) {
        return new Chosen(settings.run(), (transport, console) -> SumJob.of(settings, transport, console));
    }

    private static Chosen chosen(DiscardSettings settings) {
        return new Chosen(settings.run(), (transport, console) -> DiscardJob.of(settings, transport, console));
    }

    private static int run(Chosen chosen, Launcher launcher, Console console)
            throws TransportProvider.UnavailableException {
        Transport transport = open(chosen.settings().transport(), launcher);
        try {
            int code = chosen.jobs().create(transport, console).run();
            transport.close();
            return code;
        } catch (Throwable e) {
            console.internalError(e);
        }
        transport.abort(ExitCode.INTERNAL.code());
        return ExitCode.INTERNAL.code();
    }

    /** When MPI cannot start it prints many lines and may end the process; users read one line. */
    private static Transport open(TransportChoice choice, Launcher launcher)
            throws TransportProvider.UnavailableException {
        HeldOutput held = HeldOutput.hold();
        try {
            return choice.open(launcher, new MessageCodec(new WorkItemCodec()));
        } catch (TransportProvider.UnavailableException e) {
            held.drop();
            throw e;
        } finally {
            held.close();
        }
    }
}
