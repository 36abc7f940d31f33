package org.pcircle.work.largefile;

import org.jspecify.annotations.Nullable;
import org.pcircle.circle.Effects;
import org.pcircle.digest.FileSum;
import org.pcircle.report.Fault;
import org.pcircle.work.WorkNotice;

/**
 * To the owner of a large file: the bytes {@code [from, to)} are written and the file is closed, or the copy failed.
 *
 * @param file the file's number at its owner
 * @param fault why the copy failed; null if it succeeded
 * @param sum of the leaves; null if the copy failed or there is no signature
 */
public record RangeDone(
        long file,
        long from,
        long to,
        @Nullable Fault fault,
        @Nullable FileSum sum) implements WorkNotice<RangeDone.Owner> {

    /** Owns the file. */
    public interface Owner {
        Effects settle(RangeDone range);
    }

    @Override
    public Class<Owner> part() {
        return Owner.class;
    }

    @Override
    public Effects applyTo(Owner part, int sender) {
        return part.settle(this);
    }
}
