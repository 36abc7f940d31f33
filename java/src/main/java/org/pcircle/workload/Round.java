package org.pcircle.workload;

import java.util.function.Supplier;
import org.pcircle.circle.Effects;

/**
 * One round of a run, at one rank.
 *
 * @param name for people
 * @param begins action of the rank at the start of the round
 * @param takesCheckpoints whether it is long and takes checkpoints; the others are short and begin again from the last
 *     checkpoint in it
 * @param removesOwnFiles whether it deletes the run's files, and so waits for those that are still being written
 */
record Round(String name, Supplier<Effects> begins, boolean takesCheckpoints, boolean removesOwnFiles) {

    static Round of(String name, Supplier<Effects> begins) {
        return new Round(name, begins, false, false);
    }

    /** This round, with checkpoints. */
    Round withCheckpoints() {
        return new Round(name, begins, true, false);
    }

    /** This round, as the one that deletes the run's files. */
    Round removingOwnFiles() {
        return new Round(name, begins, false, true);
    }
}
