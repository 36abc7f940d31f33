package org.pcircle.cli.job;

import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.pcircle.circle.Rank;
import org.pcircle.cli.console.Console;
import org.pcircle.fs.Signals;
import org.pcircle.plan.Plan;
import org.pcircle.report.ExitCode;
import org.pcircle.transport.Transport;

/** Stops a run at one rank: for a signal, or because the output of a dry run has no reader. */
final class StopRequests {

    private final Plan plan;
    private final Transport transport;
    private final Console console;
    private final ResumeHint resumeHint;

    /**
     * @param isSpeaker whether this rank prints how to resume the run if it does not end by itself; asked once
     * @param howToResume as the end of a sentence
     */
    StopRequests(
            Plan plan, Transport transport, Console console, BooleanSupplier isSpeaker, Supplier<String> howToResume) {
        this.plan = plan;
        this.transport = transport;
        this.console = console;
        this.resumeHint = new ResumeHint(
                isSpeaker, () -> "still stopping: SIGTERM; if nothing follows, " + howToResume.get(), console);
    }

    /** Called every turn, before the rank's step. */
    void turn(Rank rank, long nowNs) {
        String signal = Signals.received();
        resumeHint.turn("SIGTERM".equals(signal), nowNs);
        if (signal != null && rank.stopped() == null) {
            rank.stop(ExitCode.STOPPED.code(), signal, transport);
        }
        if (plan.task().dryRun() && rank.stopped() == null && console.isReaderGone()) {
            rank.stop(ExitCode.READER_GONE.code(), "nobody reads standard output any more", transport);
        }
    }
}
