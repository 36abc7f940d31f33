package org.pcircle.cli.job;

import org.jspecify.annotations.Nullable;
import org.pcircle.cli.settings.RunSettings;
import org.pcircle.plan.Plan;
import org.pcircle.transport.Launcher;
import org.pcircle.work.RankContext;

/** The message about a stopped run: why, and how to resume it. */
final class StopMessage {

    private final JobHooks hooks;
    private final Plan plan;
    private final int size;
    private final Launcher.@Nullable Starter starter;
    private final ResumeCommand resumeCommand;

    /** @param size number of ranks */
    StopMessage(JobHooks hooks, RunSettings settings, Plan plan, int size) {
        this.hooks = hooks;
        this.plan = plan;
        this.size = size;
        this.starter = Launcher.starter(System.getenv());
        this.resumeCommand = new ResumeCommand(hooks.command(), settings.again(), size, starter);
    }

    /**
     * One line.
     *
     * @param rankContext null: this rank could not open it
     */
    String text(String reason, @Nullable RankContext rankContext) {
        return "stopped: " + why(reason) + "; " + next(rankContext);
    }

    /** How to resume the run, as the end of a sentence. */
    String howToResume() {
        return resumeCommand.of(plan, hooks.operands().resumed(plan));
    }

    /** The signal that was received, which need not be the one that the user sent. */
    private String why(String reason) {
        boolean isMpiruns = size > 1 && reason.equals("SIGTERM") && starter == Launcher.Starter.MPIRUN;
        return isMpiruns ? "SIGTERM (which mpirun sends for a SIGINT or SIGHUP of its own, too)" : reason;
    }

    private String next(@Nullable RankContext rankContext) {
        String afterStop = hooks.ending().afterStop();
        if (afterStop != null) {
            return afterStop;
        }
        if (rankContext == null || !rankContext.hasCheckpoint()) {
            String problem = rankContext == null ? null : rankContext.checkpointProblem();
            return "there is no checkpoint to go on from" + (problem == null ? "" : ": " + problem);
        }
        return howToResume();
    }
}
