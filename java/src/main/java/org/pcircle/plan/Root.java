package org.pcircle.plan;

import java.util.List;

/**
 * One SOURCE and what it becomes.
 *
 * @param target where nothing is copied, only its name counts: the root's own name in the signature
 * @param record the entry record of the source when the plan was made
 * @param left what runs to the source have left in it when the plan was made
 * @param mounts what was mounted below it then
 */
public record Root(Place source, Place target, byte[] record, LeftRuns left, List<Mounted> mounts) {

    /** One in which no run has left anything, and nothing is mounted. */
    public Root(Place source, Place target, byte[] record) {
        this(source, target, record, LeftRuns.NONE, List.of());
    }

    /** This root, seen from elsewhere. */
    public Root at(Place sourceThere, Place targetThere) {
        return new Root(sourceThere, targetThere, record, left, mounts);
    }
}
