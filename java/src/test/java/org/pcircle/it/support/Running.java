package org.pcircle.it.support;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A program that has been started. Closing it ends it, with all that it has started. */
public final class Running implements AutoCloseable {

    /** What mpirun gets to take its ranks down and to tidy up. */
    private static final Duration GRACE = Duration.ofSeconds(5);

    private final Process process;
    private final Path out;
    private final Path err;

    public Running(ProcessBuilder builder) {
        try {
            out = Files.createTempFile("pcircle-it-", ".out");
            err = Files.createTempFile("pcircle-it-", ".err");
            process = builder.redirectInput(
                            ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                    .redirectOutput(out.toFile())
                    .redirectError(err.toFile())
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** The process that was started. */
    public long pid() {
        return process.pid();
    }

    /** The ranks of fcp that are there now, the process that was started being one itself where it runs alone. */
    public List<Jvm> ranks() {
        return Jvm.among(Stream.concat(Stream.of(process.toHandle()), process.descendants()));
    }

    /** Waits for the end; a program that takes longer has hung, which is an error that shows what its ranks are at. */
    public Outcome await(String command, Duration limit) {
        try {
            boolean ended = process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS);
            String stacks = ended ? "" : ranks().stream().map(Jvm::stacks).collect(Collectors.joining());
            Outcome outcome = new Outcome(command, ended ? process.exitValue() : -1, text(out), text(err));
            if (!ended) {
                throw new AssertionError("still running after %s: %s%n%s".formatted(limit, outcome, stacks));
            }
            return outcome;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** What it has printed so far. */
    public String out() {
        return text(out);
    }

    /** What it has complained of so far. */
    public String err() {
        return text(err);
    }

    /** Asks it to end. */
    public void terminate() {
        process.destroy();
    }

    /** Ends its ranks at once, without a chance to tidy up; mpirun, if any, tidies up what is its own. */
    public void killRanks(Duration limit) {
        ranks().forEach(rank -> ProcessHandle.of(rank.pid()).ifPresent(ProcessHandle::destroyForcibly));
        await("the killed run", limit);
    }

    /** Ends it and all that it has started at once, without a chance to tidy up. */
    public void kill() {
        List<ProcessHandle> below = process.descendants().toList();
        process.destroyForcibly();
        below.forEach(ProcessHandle::destroyForcibly);
        below.forEach(killed -> killed.onExit().join());
        process.toHandle().onExit().join();
    }

    @Override
    public void close() {
        List<ProcessHandle> below = process.descendants().toList();
        process.destroy();
        try {
            process.waitFor(GRACE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        below.forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        try {
            Files.deleteIfExists(out);
            Files.deleteIfExists(err);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String text(Path file) {
        try {
            return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
