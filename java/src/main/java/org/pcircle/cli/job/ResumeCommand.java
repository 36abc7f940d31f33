package org.pcircle.cli.job;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pcircle.cli.console.ShellWord;
import org.pcircle.cli.doctor.Installation;
import org.pcircle.cli.option.Argument;
import org.pcircle.cli.option.Command;
import org.pcircle.cli.option.CommandLine;
import org.pcircle.cli.option.CommandOption;
import org.pcircle.cli.option.RawArguments;
import org.pcircle.fs.CurrentDirectory;
import org.pcircle.fs.TreePath;
import org.pcircle.plan.Plan;
import org.pcircle.transport.Launcher;

/**
 * The command line that resumes a run, to be pasted into any shell: all paths are absolute, and options about
 * performance and output are repeated.
 */
final class ResumeCommand {

    private final Command command;
    private final List<CommandLine.Given> again;
    private final int size;
    private final Launcher.@Nullable Starter starter;

    /**
     * @param again the options to repeat
     * @param size of the job
     * @param starter launcher of the processes; null: none, or unknown
     */
    ResumeCommand(Command command, List<CommandLine.Given> again, int size, Launcher.@Nullable Starter starter) {
        this.command = command;
        this.again = again;
        this.size = size;
        this.starter = size > 1 ? starter : null;
    }

    /** A hint and the line. */
    String of(Plan plan, List<byte[]> paths) {
        StringBuilder line = new StringBuilder("go on with");
        if (starter != null) {
            line.append(" (and with ").append(starter.program()).append("'s other options as before)");
        } else if (size > 1) {
            line.append(" (as ").append(size).append(" ranks or any other number, started as before)");
        }
        line.append(": ");
        if (starter != null) {
            line.append(starter.words(size)).append(' ');
        }
        line.append(ShellWord.of(program())).append(" --resume ");
        byte[] directory = plan.options().checkpoints().directory();
        if (directory.length > 0) {
            line.append(ShellWord.of(TreePath.join(
                    CurrentDirectory.absolute(directory), plan.id().getBytes(UTF_8))));
        } else if (!plan.task().hasTargets()) {
            byte[] holder = CurrentDirectory.absolute(plan.stateName().getBytes(UTF_8));
            line.append(ShellWord.of(TreePath.join(holder, plan.id().getBytes(UTF_8))));
        } else {
            line.append(plan.id());
        }
        again.forEach(given -> line.append(' ').append(word(given.option(), given.argument())));
        paths.forEach(path -> line.append(' ').append(ShellWord.of(CurrentDirectory.absolute(path))));
        return line.toString();
    }

    private static String word(CommandOption option, String argument) {
        String word = "--" + option.word();
        if (option.argument() == null) {
            return word;
        }
        byte[] bytes = RawArguments.bytes(argument);
        boolean isPath =
                option.argument().kind() == Argument.Kind.FILE && !Arrays.equals(bytes, InputFiles.STANDARD_INPUT);
        return word + "=" + ShellWord.of(isPath ? CurrentDirectory.absolute(bytes) : bytes);
    }

    /** The command's name if it is on the PATH, else its path. */
    private byte[] program() {
        Path home = Installation.home();
        if (home == null) {
            return command.word().getBytes(UTF_8);
        }
        Path own = home.resolve("bin").resolve(command.word());
        return (isFound(own) ? command.word() : own.toString()).getBytes(UTF_8);
    }

    private boolean isFound(Path own) {
        String path = System.getenv("PATH");
        for (String folder : path == null ? new String[0] : path.split(File.pathSeparator, -1)) {
            Path first = Path.of(folder, command.word());
            if (first.toFile().canExecute()) {
                try {
                    return first.toRealPath().equals(own.toRealPath());
                } catch (IOException e) {
                    return false;
                }
            }
        }
        return false;
    }
}
