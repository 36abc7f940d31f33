package org.pcircle.it.support;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;

/**
 * Where a run waits: before it opens a file of some name for reading, until the test says so. Whatever must happen
 * meanwhile happens meanwhile, however busy the machine is.
 */
public final class Gate {

    /** After which a run goes on by itself, and the test is lost. */
    private static final int WAIT_SECONDS = 60;

    private static final Duration REACHED_LIMIT = Duration.ofSeconds(50);
    private static final int LOOK_MS = 10;

    private final Scratch scratch;
    private final String file;

    /** Before files of this name. */
    public Gate(Scratch scratch, String file) {
        this.scratch = scratch;
        this.file = file;
    }

    /** The command, which will wait. */
    public Fcp stopping(Fcp fcp) {
        return Slow.opening(fcp, file, WAIT_SECONDS)
                .with("PCIRCLE_SLOW_GATE", scratch.resolve("gate").toString());
    }

    /** Returns when the run waits. */
    public void awaitReached() {
        Instant end = Instant.now().plus(REACHED_LIMIT);
        while (!Files.exists(scratch.resolve("gate.reached"))) {
            assertThat(Instant.now()).as("a run that opens " + file).isBefore(end);
            try {
                Thread.sleep(LOOK_MS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
        }
    }

    /** Lets it go on. */
    public void open() {
        try {
            Files.createFile(scratch.resolve("gate.open"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
