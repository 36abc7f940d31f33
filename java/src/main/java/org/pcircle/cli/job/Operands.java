package org.pcircle.cli.job;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pcircle.fs.TreePath;
import org.pcircle.plan.Place;
import org.pcircle.plan.Plan;
import org.pcircle.plan.Root;

/**
 * The operands of a command as the user gave them; a run that is resumed need not be given them again.
 *
 * @param paths sources; empty: not given
 * @param destination null: not given, or none
 */
@SuppressWarnings("ArrayRecordComponent")
record Operands(List<byte[]> paths, byte @Nullable [] destination) {

    /** The paths behind the signature. */
    List<byte[]> signed(Plan plan) {
        if (!paths.isEmpty()) {
            return paths;
        }
        List<byte[]> planned = new ArrayList<>();
        for (Root root : plan.roots()) {
            planned.add(root.source().show(TreePath.TOP));
        }
        return planned;
    }

    /** All operands of a command line that resumes the run. */
    List<byte[]> resumed(Plan plan) {
        List<byte[]> operands = new ArrayList<>(signed(plan));
        if (plan.task().hasTargets()) {
            Place target = plan.roots().get(0).target();
            boolean isWhole = plan.isOneDirectory() || destination == null;
            operands.add(isWhole ? target.show(TreePath.TOP) : target.base());
        }
        return operands;
    }
}
