package org.pcircle.work;

import java.util.function.Supplier;
import org.pcircle.circle.Effects;

/**
 * One round of a run, at one rank.
 *
 * @param name for people
 * @param begins what the rank does when the round begins
 * @param takesCheckpoints whether it takes long: the others are short beside it, and begin again from the last checkpoint in it
 * @param removesOwnFiles whether it takes away what the run has written down, and so waits for what is still being written
 */
record Round(String name, Supplier<Effects> begins, boolean takesCheckpoints, boolean removesOwnFiles) {

    static Round of(String name, Supplier<Effects> begins) {
        return new Round(name, begins, false, false);
    }

    /** The same, with checkpoints. */
    Round withCheckpoints() {
        return new Round(name, begins, true, false);
    }

    /** The same, after which there are none any more. */
    Round removingOwnFiles() {
        return new Round(name, begins, false, true);
    }
}
