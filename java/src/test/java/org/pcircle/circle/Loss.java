package org.pcircle.circle;

import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * When all ranks of a simulated cluster die at once, as mpirun ends them when it has lost one: at some time, or at some
 * step of an epoch.
 */
final class Loss {

    static final Loss NEVER = new Loss(Step.TIME, Long.MAX_VALUE, 0);

    /** Any time, or a step of an epoch: a message is taken in, the root is about to write its record, or has. */
    enum Step {
        TIME(null),
        QUIESCE(Message.Quiesce.class),
        QUIET(Message.Quiet.class),
        SNAPSHOT(Message.Snapshot.class),
        SNAPPED(Message.Snapped.class),
        RESUME(Message.Resume.class),
        WRITTEN(Message.Written.class),
        BEFORE_COMMIT(null),
        AFTER_COMMIT(null),
        EPOCH_ENDED(Message.EpochEnded.class);

        private final @Nullable Class<? extends Message> message;

        Step(@Nullable Class<? extends Message> message) {
            this.message = message;
        }
    }

    /** So many times a step may come before the one that is the last. */
    private static final int TIMES_MAX = 12;

    private final Step step;
    private final long atNs;
    private int timesLeft;
    private boolean came;

    private Loss(Step step, long atNs, int timesLeft) {
        this.step = step;
        this.atNs = atNs;
        this.timesLeft = timesLeft;
    }

    /** Some loss, which does not come about if the run ends before. */
    static Loss some(SplittableRandom random, long nsMax) {
        Step[] steps = Step.values();
        Step step = steps[random.nextInt(steps.length)];
        return step == Step.TIME
                ? new Loss(step, random.nextLong(nsMax), 0)
                : new Loss(step, Long.MAX_VALUE, random.nextInt(TIMES_MAX));
    }

    /** Where it comes about. */
    Step step() {
        return step;
    }

    /** Whether it has come about by now. */
    boolean hasCome(long nowNs) {
        return came || nowNs >= atNs;
    }

    /** A message has been taken in. */
    void note(Message message) {
        if (step.message != null && step.message.isInstance(message)) {
            note(step);
        }
    }

    /** A step has been taken. */
    void note(Step now) {
        came |= now == step && timesLeft-- == 0;
    }
}
