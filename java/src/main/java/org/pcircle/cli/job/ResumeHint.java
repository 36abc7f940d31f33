package org.pcircle.cli.job;

import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.pcircle.cli.console.Console;

/**
 * Says how to resume a run that may not live to say it at its end: mpirun ends all ranks by SIGTERM when one is lost,
 * which then wait for that one, and a second later by SIGKILL. So one of them speaks before that second is over.
 */
final class ResumeHint {

    private static final long PATIENCE_NS = 600_000_000;

    private final BooleanSupplier isSpeaker;
    private final Supplier<String> words;
    private final Console console;
    private long askedNs;
    private boolean asked;
    private boolean decided;

    /**
     * @param isSpeaker whether this rank prints the hint; asked once
     * @param words the hint
     */
    ResumeHint(BooleanSupplier isSpeaker, Supplier<String> words, Console console) {
        this.isSpeaker = isSpeaker;
        this.words = words;
        this.console = console;
    }

    /** Called every turn. */
    void turn(boolean terminated, long nowNs) {
        if (!terminated || decided) {
            return;
        }
        askedNs = asked ? askedNs : nowNs;
        asked = true;
        if (nowNs - askedNs > PATIENCE_NS) {
            decided = true;
            if (isSpeaker.getAsBoolean()) {
                console.error(words.get());
            }
        }
    }
}
