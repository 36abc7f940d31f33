package org.pcircle.cli.job;

import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.pcircle.cli.settings.CheckpointSettings;
import org.pcircle.cli.settings.RunSettings;
import org.pcircle.plan.Filter;
import org.pcircle.plan.Plan;
import org.pcircle.plan.Selection;
import org.pcircle.plan.UsageException;

/** Plans a new run or a resumed one. */
final class ResumablePlanner implements Planner {

    /** The part of a command. */
    interface Plans {

        /**
         * The plan of a run that begins.
         *
         * @param workers of all ranks together
         * @param seed of all random choices
         */
        Plan begin(String id, Selection selection, int workers, long seed) throws UsageException;

        /** See {@link Planner#note}. */
        default @Nullable String note(Plan plan) {
            return null;
        }

        /** Checks the plan of a resumed run, and prepares for it. */
        default void resume(Plan plan) throws UsageException {}
    }

    private final RunSettings settings;
    private final InputFiles inputs;
    private final Operands operands;
    private final ResumableTask task;
    private final Plans plans;

    ResumablePlanner(RunSettings settings, InputFiles inputs, Operands operands, ResumableTask task, Plans plans) {
        this.settings = settings;
        this.inputs = inputs;
        this.operands = operands;
        this.task = task;
        this.plans = plans;
    }

    @Override
    public Planned plan(int workers) throws UsageException {
        CheckpointSettings checkpoints = settings.checkpoints();
        byte[] resume = checkpoints.resume();
        if (resume != null) {
            ResumableRun run = ResumableRun.find(resume, checkpoints.directory(), operands.destination(), task);
            Plan plan = run.plan(
                    operands.paths(), operands.destination(), workers, settings.reduceIntervalMs(), settings.changes());
            plans.resume(plan);
            return new Planned(plan, run.lock());
        }
        SplittableRandom random = new SplittableRandom();
        String id = checkpoints.id();
        if (id == null) {
            id = newId(random);
        } else {
            ResumableRun.refuseTaken(id, checkpoints.directory(), operands.destination());
        }
        Filter filter = PatternOptions.filter(settings.filters(), inputs);
        return new Planned(plans.begin(id, settings.selection(filter), workers, random.nextLong()), null);
    }

    @Override
    public @Nullable String note(Plan plan) {
        return plans.note(plan);
    }

    /** The time, as 20261122-194741, and four hex digits, so that two runs started in one second differ. */
    private static String newId(SplittableRandom random) {
        LocalDateTime now = LocalDateTime.now(ZoneOffset.UTC);
        int date = (now.getYear() * 100 + now.getMonthValue()) * 100 + now.getDayOfMonth();
        int time = (now.getHour() * 100 + now.getMinute()) * 100 + now.getSecond();
        return date + "-"
                + Integer.toString(1_000_000 + time).substring(1) + "-"
                + Integer.toHexString(0x10000 | random.nextInt(0x10000)).substring(1);
    }
}
