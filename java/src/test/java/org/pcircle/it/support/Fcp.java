package org.pcircle.it.support;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The command under test as its users start it: {@code bin/fcp} of the distribution or {@link Fsum another}, alone or
 * under mpirun. Whatever it is asked to do, it must not answer with a Java stack trace.
 */
public final class Fcp {

    public static final Path HOME = Path.of(System.getProperty("pcircle.home"));

    private final List<String> launcher;
    private final Map<String, String> environment = new TreeMap<>();
    private List<String> user = List.of();
    private String name = "fcp";
    private Path home = HOME;
    private Path directory = Path.of("/");

    private Fcp(List<String> launcher) {
        this.launcher = launcher;
    }

    /** One process, started as any other command. */
    public static Fcp alone() {
        return new Fcp(List.of());
    }

    /** One process whose stderr is a terminal so wide. */
    public static Fcp onTerminal(int columns) {
        return new Fcp(PythonScript.words("terminal.py", Integer.toString(columns)));
    }

    /** So many ranks; the test is skipped where this cannot be had. */
    public static Fcp underMpirun(int ranks) {
        assumeOpenMpi();
        return new Fcp(List.of("mpirun", "--oversubscribe", "-np", Integer.toString(ranks)));
    }

    /** A rank on each of some hosts. */
    public static Fcp on(Hosts hosts, int count) {
        return new Fcp(hosts.mpirun(count));
    }

    public static void assumeOpenMpi() {
        assumeTrue(Command.shell("command -v mpirun").run().code() == 0, "mpirun is not installed");
        assumeTrue(Files.isDirectory(HOME.resolve("lib/openmpi")), "fcp was built without Open MPI's Java bindings");
    }

    /** {@link #alone} for one rank, {@link #underMpirun} for more. */
    public static Fcp withRanks(int ranks) {
        return ranks == 1 ? alone() : underMpirun(ranks);
    }

    /** Another command of the distribution. */
    public Fcp named(String command) {
        name = command;
        return this;
    }

    /** Where it is started; the root directory if this is not said. */
    public Fcp in(Path where) {
        directory = where;
        return this;
    }

    /** Started in a folder for trees. */
    public Fcp in(Scratch scratch) {
        return in(scratch.path());
    }

    public Fcp with(String variable, String value) {
        environment.put(variable, value);
        return this;
    }

    /** As a user who is not root. */
    public Fcp unprivileged() {
        user = User.unprivileged();
        home = PublicDistribution.home();
        return this;
    }

    /** As that user, who belongs to these groups besides; only root can ask for it. */
    public Fcp memberOf(String groups) {
        user = User.memberOf(groups);
        home = PublicDistribution.home();
        return this;
    }

    public Outcome run(Object... arguments) {
        return checked(command(arguments).run());
    }

    public Running start(Object... arguments) {
        return command(arguments).start();
    }

    /** Runs lines of the shell in which its name is this command, so that arguments can be any bytes. */
    public Outcome runScript(String script) {
        String quoted = invocation().stream()
                .map(word -> "'" + word.replace("'", "'\\''") + "'")
                .collect(Collectors.joining(" "));
        Command shell = Command.shell(name + "() { " + quoted + " \"$@\"; }\n" + script);
        return checked(shell.in(directory).with(environment).run());
    }

    private Command command(Object... arguments) {
        List<String> words = new ArrayList<>(invocation());
        Arrays.stream(arguments).map(Object::toString).forEach(words::add);
        return Command.of(words).in(directory).with(environment);
    }

    private List<String> invocation() {
        List<String> words = new ArrayList<>(user);
        words.addAll(launcher);
        words.add(home.resolve("bin").resolve(name).toString());
        return words;
    }

    private static Outcome checked(Outcome outcome) {
        assertThat(outcome.err()).as(outcome.toString()).doesNotContain("\tat ", "Exception");
        return outcome;
    }
}
