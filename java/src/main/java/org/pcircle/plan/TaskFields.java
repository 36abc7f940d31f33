package org.pcircle.plan;

import java.util.EnumSet;
import org.jspecify.annotations.Nullable;
import org.pcircle.digest.Algorithm;
import org.pcircle.fs.ExistingPolicy;
import org.pcircle.fs.IoMethod;
import org.pcircle.fs.Layout;
import org.pcircle.fs.PreservedAttribute;
import org.pcircle.fs.Sparse;

/**
 * A {@link TaskPlan} in the encoded form of a plan, which has the same fields for every kind. A field that a kind does
 * not set has its neutral value.
 */
final class TaskFields {

    /** Of the kind; never changes its meaning. */
    final byte tag;

    IoMethod method = IoMethod.AUTO;
    Sparse sparse = Sparse.AUTO;
    Preserve preserve = new Preserve(
            EnumSet.noneOf(PreservedAttribute.class), EnumSet.noneOf(PreservedAttribute.class), Layout.INHERIT, 0);
    ExistingTargets existing = ExistingTargets.of(ExistingPolicy.REFUSE);
    boolean delete;
    long deleteMax = CopyPlan.ANY_NUMBER;

    @Nullable
    Algorithm signature;

    boolean metadata;
    ManifestDetail detail = ManifestDetail.NONE;
    IntegrityOptions integrity = IntegrityOptions.NONE;
    boolean dryRun;

    TaskFields(byte tag) {
        this.tag = tag;
    }
}
