package org.pcircle.it.support;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A rank of fcp from outside: a Java process, which may end at any moment. */
public record Jvm(long pid) {

    private static final Path JCMD = Path.of(System.getProperty("java.home"), "bin", "jcmd");

    /** The signal by which jcmd makes itself known: the end of a process that is not yet ready for it. */
    private static final int SIGQUIT = 3;

    private static final String RANK = "OMPI_COMM_WORLD_RANK=";

    /** Those among some processes that jcmd can talk to. */
    public static List<Jvm> among(Stream<ProcessHandle> processes) {
        return processes
                .filter(process -> process.info().command().orElse("").matches(".*/bin/(fcp|fsum)"))
                .map(process -> new Jvm(process.pid()))
                .filter(Jvm::listens)
                .toList();
    }

    /** The one that is a rank of mpirun. */
    public static Jvm ofRank(int rank, List<Jvm> ranks) {
        return ranks.stream()
                .filter(jvm -> jvm.rank().equals(Integer.toString(rank)))
                .findFirst()
                .orElseThrow();
    }

    /** What it answers to a command of jcmd, or what jcmd says when there is nobody any more. */
    public String tell(String command) {
        Outcome outcome =
                Command.of(JCMD.toString(), Long.toString(pid), command).run();
        return outcome.out() + outcome.err();
    }

    /** What all of its threads are doing. */
    public String stacks() {
        return "--- rank " + rank() + ", process " + pid + System.lineSeparator() + tell("Thread.print");
    }

    /** The most memory that it has had in RAM so far, in bytes; 0 if it has ended. */
    public long residentBytesMax() {
        return status("VmHWM:")
                .map(value -> Long.parseLong(value.replace(" kB", "")) << 10)
                .orElse(0L);
    }

    private String rank() {
        return read("environ")
                .flatMap(environment -> Stream.of(environment.split("\0", -1))
                        .filter(variable -> variable.startsWith(RANK))
                        .findFirst())
                .map(variable -> variable.substring(RANK.length()))
                .orElse("0");
    }

    private boolean listens() {
        return status("SigCgt:")
                .map(mask -> new BigInteger(mask, 16).testBit(SIGQUIT - 1))
                .orElse(false);
    }

    private Optional<String> status(String key) {
        return read("status")
                .flatMap(status ->
                        status.lines().filter(line -> line.startsWith(key)).findFirst())
                .map(line -> line.substring(key.length()).strip());
    }

    /** A file that the kernel keeps of this process, if it is still there. */
    private Optional<String> read(String file) {
        try {
            return Optional.of(Files.readString(Path.of("/proc/" + pid, file)));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            // A process that ends between opening and reading: ESRCH, for which Java has no class of its own.
            if (!Files.exists(Path.of("/proc/" + pid))) {
                return Optional.empty();
            }
            throw new UncheckedIOException(e);
        }
    }
}
