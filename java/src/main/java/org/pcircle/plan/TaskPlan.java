package org.pcircle.plan;

import org.jspecify.annotations.Nullable;
import org.pcircle.digest.Algorithm;
import org.pcircle.fs.CopyOptions;
import org.pcircle.wire.MalformedMessageException;

/**
 * What a run does with its roots. Each command has its own kind; the frame asks the questions below, which a kind
 * answers only where the usual answer is wrong. No class may ask which kind it is, but for the commands' own.
 */
public sealed interface TaskPlan permits CopyPlan, SumPlan, DiscardPlan {

    /** The name of the command. */
    String command();

    /**
     * Whether roots have targets. The run's own files are in the destination then; else in the current directory, and
     * targets are never opened.
     */
    boolean hasTargets();

    /** Whether the run only prints what it would do. */
    default boolean dryRun() {
        return false;
    }

    /** Algorithm of the signature; null: no signature. */
    default @Nullable Algorithm signature() {
        return null;
    }

    /** Whether the signature covers modes, owners and times, too. */
    default boolean metadata() {
        return false;
    }

    /** Level of detail of the manifest. */
    default ManifestDetail detail() {
        return ManifestDetail.NONE;
    }

    /** Verification and flushing. */
    default IntegrityOptions integrity() {
        return IntegrityOptions.NONE;
    }

    /** Whether the names of one inode are brought together, to be hard links of each other again. */
    default boolean keepsHardLinks() {
        return false;
    }

    /**
     * Options for the natives: of what only a copy has.
     *
     * @param isResumed whether an earlier attempt may have created entries
     */
    default CopyOptions copyOptions(boolean isResumed) {
        return new CopyOptions();
    }

    /** This in a plan's encoded form. */
    TaskFields fields();

    /**
     * The reverse of {@link #fields}.
     *
     * @throws MalformedMessageException if there is no such task
     */
    static TaskPlan of(TaskFields fields) {
        return switch (fields.tag) {
            case CopyPlan.TAG -> CopyPlan.of(fields);
            case SumPlan.TAG -> SumPlan.of(fields);
            case DiscardPlan.TAG -> DiscardPlan.of(fields);
            default -> throw new MalformedMessageException("a plan of task " + fields.tag);
        };
    }
}
