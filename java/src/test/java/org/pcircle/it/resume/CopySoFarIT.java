package org.pcircle.it.resume;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.pcircle.it.support.Command;
import org.pcircle.it.support.Scratch;

/** What crash rounds say was made once more is only worth something if they would see it. */
class CopySoFarIT {

    private static final double SECONDS_MAX = 60;

    @AutoClose
    private final Scratch scratch = Scratch.create();

    @Test
    void whatWasWholeAndIsMadeAnewIsSeenAndNothingElse() throws IOException {
        scratch.shell(
                "mkdir source && cd source && printf 1 > left && printf 22 > again && printf 333 > cut && printf 4444 > lacking"
                        + " && printf 55555 > older && cd .. && cp -a source copy && rm copy/lacking && printf 3 > copy/cut");
        long begunMs = System.currentTimeMillis() + 10;
        pause(begunMs);
        scratch.shell("cp -a --remove-destination source/left source/again copy");

        CopySoFar before = CopySoFar.in(scratch.path(), begunMs);
        long startedMs = System.currentTimeMillis() + 10;
        pause(startedMs);
        scratch.shell("cp -a --remove-destination source/again source/cut source/lacking source/older copy");
        CopySoFar.Resumed resumed = before.resumed(startedMs);

        assertThat(resumed.files()).isEqualTo(1);
        assertThat(resumed.bytes()).isEqualTo(2);
        assertThat(resumed.firstSeconds()).isBetween(0.0, SECONDS_MAX);
    }

    @Test
    void whatMakesNothingHasNoFirstFile() throws IOException {
        scratch.shell("mkdir source && touch source/a");

        CopySoFar.Resumed resumed = CopySoFar.in(scratch.path(), 0).resumed(0);

        assertThat(resumed.files()).isZero();
        assertThat(resumed.firstSeconds()).isNaN();
    }

    /** Past a moment, by as much as the kernel's clock for files may lag behind. */
    private static void pause(long untilMs) throws IOException {
        Command.of("sleep", "0.1").run().assertCode(0);
        assertThat(System.currentTimeMillis()).isGreaterThan(untilMs);
    }
}
