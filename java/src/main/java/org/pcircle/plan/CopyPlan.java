package org.pcircle.plan;

import org.jspecify.annotations.Nullable;
import org.pcircle.digest.Algorithm;
import org.pcircle.fs.CopyOptions;
import org.pcircle.fs.ExistingPolicy;
import org.pcircle.fs.IoMethod;
import org.pcircle.fs.PreservedAttribute;
import org.pcircle.fs.Sparse;

/**
 * The roots are copied.
 *
 * @param method how data is moved
 * @param sparse how holes are copied
 * @param preserve which attributes to preserve
 * @param existing what becomes of existing targets, as the user chose it; see {@link Plan#existing}
 * @param delete whether extraneous entries of the target are deleted
 * @param deleteMax how many may be; if there are more, none is
 * @param signature algorithm of the signature; null: no signature
 * @param integrity verification and flushing
 * @param dryRun whether the run only prints what it would do
 */
public record CopyPlan(
        IoMethod method,
        Sparse sparse,
        Preserve preserve,
        ExistingTargets existing,
        boolean delete,
        long deleteMax,
        @Nullable Algorithm signature,
        IntegrityOptions integrity,
        boolean dryRun)
        implements TaskPlan {

    static final byte TAG = 0;

    /** Any number of entries may be deleted. */
    public static final long ANY_NUMBER = Long.MAX_VALUE;

    static CopyPlan of(TaskFields fields) {
        return new CopyPlan(
                fields.method,
                fields.sparse,
                fields.preserve,
                fields.existing,
                fields.delete,
                fields.deleteMax,
                fields.signature,
                fields.integrity,
                fields.dryRun);
    }

    @Override
    public String command() {
        return "fcp";
    }

    @Override
    public boolean hasTargets() {
        return true;
    }

    /** Whether extraneous entries must be counted before the first of them is deleted. */
    public boolean isDeletionLimited() {
        return delete && deleteMax != ANY_NUMBER;
    }

    @Override
    public boolean keepsHardLinks() {
        return preserve.kept().contains(PreservedAttribute.LINKS);
    }

    @Override
    public CopyOptions copyOptions(boolean isResumed) {
        return new CopyOptions()
                .method(method)
                .sparse(sparse)
                .preserved(preserve.kept())
                .required(preserve.required())
                .creationMask(preserve.creationMask())
                .layout(preserve.layout())
                .existing(existing(isResumed))
                .doubtfulSince(existing.doubtfulSince());
    }

    /** The policy for existing targets: entries that an earlier attempt of the run created may be replaced. */
    ExistingPolicy existing(boolean isResumed) {
        ExistingPolicy chosen = existing.policy();
        return isResumed && chosen == ExistingPolicy.REFUSE ? ExistingPolicy.REPLACE : chosen;
    }

    @Override
    public TaskFields fields() {
        TaskFields fields = new TaskFields(TAG);
        fields.method = method;
        fields.sparse = sparse;
        fields.preserve = preserve;
        fields.existing = existing;
        fields.delete = delete;
        fields.deleteMax = deleteMax;
        fields.signature = signature;
        fields.integrity = integrity;
        fields.dryRun = dryRun;
        return fields;
    }
}
