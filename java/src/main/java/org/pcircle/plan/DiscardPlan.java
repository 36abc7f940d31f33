package org.pcircle.plan;

/**
 * The files of a stopped run are deleted; the only root is the destination of that run.
 *
 * @param hasTemporaryFiles whether the stopped run may have temporary files, as a copy has
 * @param dryRun whether the run only prints what it would do
 */
public record DiscardPlan(boolean hasTemporaryFiles, boolean dryRun) implements TaskPlan {

    static final byte TAG = 2;

    static DiscardPlan of(TaskFields fields) {
        return new DiscardPlan(fields.delete, fields.dryRun);
    }

    @Override
    public String command() {
        return "fcp";
    }

    @Override
    public boolean hasTargets() {
        return true;
    }

    @Override
    public TaskFields fields() {
        TaskFields fields = new TaskFields(TAG);
        fields.delete = hasTemporaryFiles;
        fields.dryRun = dryRun;
        return fields;
    }
}
