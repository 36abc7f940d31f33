package org.pcircle.it.resume;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AutoClose;
import org.pcircle.it.support.Command;
import org.pcircle.it.support.Fcp;
import org.pcircle.it.support.Outcome;
import org.pcircle.it.support.Running;
import org.pcircle.it.support.SampleTree;
import org.pcircle.it.support.Scratch;
import org.pcircle.it.support.Slow;

/** A tree, and runs that copy it and are stopped half way; shared by the tests of resuming. */
abstract class ResumeScene {

    static final Duration LIMIT = Duration.ofMinutes(1);

    /** Takes a run of {@link #makeSource} some seconds. */
    static final int SLOW_MICROS = 4000;

    @AutoClose
    final Scratch scratch = Scratch.hiding();

    void makeSource() {
        SampleTree sample = new SampleTree(7);
        sample.directoryOfFiles(scratch.resolve("source"), 1500, 4000);
    }

    /** Sends a signal to a run when it is about half done. */
    Outcome stop(Fcp fcp, String signal, String words) {
        try (Running running = start(fcp, words)) {
            signal(signal, running.pid());
            return running.await(words, LIMIT);
        }
    }

    Running start(Fcp fcp, String words) {
        Object[] arguments = words.replace("'", "").split(" ");
        scratch.shell("touch begun");
        Running running = Slow.writes(fcp, SLOW_MICROS).in(scratch).start(arguments);
        await(() -> !scratch.shell("find . -cnewer begun -path './copy/file-*' | sed 100q | sed -n 100p")
                .isEmpty());
        return running;
    }

    /** Its number; 0 if there is none. */
    int newestCheckpoint(String directory) {
        return Integer.parseInt(scratch.shell("{ echo 0; ls " + directory
                        + " | sed -n 's/^checkpoint[.]\\([0-9]*\\)$/\\1/p'; } 2>/dev/null | sort -n | tail -n 1")
                .strip());
    }

    void assertIsWhole() {
        scratch.assertSame("source", "copy");
        assertThat(scratch.shell("find . -name '.fcp*'")).isEmpty();
    }

    static void signal(String signal, long pid) {
        Command.of("kill", "-" + signal, Long.toString(pid)).run().assertCode(0);
    }

    static void await(BooleanSupplier condition) {
        long end = System.nanoTime() + LIMIT.toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).isLessThan(end);
            pause(10);
        }
    }

    static void pause(int millis) {
        LockSupport.parkNanos(1_000_000L * millis);
    }

    String sourceAndCopy() {
        return " " + scratch.resolve("source") + " " + scratch.resolve("copy");
    }
}
