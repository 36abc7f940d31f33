package org.pcircle.plan;

import java.util.List;

/**
 * One SOURCE and its target.
 *
 * @param target when nothing is copied, only the name is used: the root's name in the signature
 * @param record the entry record of the source when the plan was made
 * @param left unfinished runs that had files in the source when the plan was made
 * @param mounts mount points below the source at that time
 */
public record Root(Place source, Place target, byte[] record, LeftRuns left, List<Mounted> mounts) {

    /** A root without files of other runs and without mount points. */
    public Root(Place source, Place target, byte[] record) {
        this(source, target, record, LeftRuns.NONE, List.of());
    }

    /** This root with other places, as seen from another current directory. */
    public Root at(Place sourceThere, Place targetThere) {
        return new Root(sourceThere, targetThere, record, left, mounts);
    }
}
