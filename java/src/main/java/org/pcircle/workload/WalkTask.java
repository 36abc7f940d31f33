package org.pcircle.workload;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pcircle.circle.Effects;
import org.pcircle.circle.Item;
import org.pcircle.fs.TreePath;
import org.pcircle.plan.Plan;
import org.pcircle.work.EntryRef;
import org.pcircle.work.HardLinkName;
import org.pcircle.work.HardLinkNames;
import org.pcircle.work.TreeTask;
import org.pcircle.work.hardlink.SkipKeptNames;
import org.pcircle.work.largefile.CreateLargeFile;
import org.pcircle.work.walk.ListDirectory;
import org.pcircle.work.walk.WalkDirectory;

/** The part of a strategy that is the same for every command that walks its sources. */
abstract class WalkTask implements TreeTask {

    @Override
    public final Item walk(int root, TreePath path, byte[] record) {
        return new WalkDirectory(root, path, record);
    }

    @Override
    public final Item list(int root, TreePath path) {
        return new ListDirectory(root, path);
    }

    @Override
    public final Item largeFile(int root, @Nullable TreePath directory, byte[] record, boolean retried) {
        return new CreateLargeFile(new EntryRef(root, directory, record), retried);
    }

    @Override
    public final Effects linkedNames(List<HardLinkName> names, Plan plan, int ranks) {
        return plan.existing().mayKeep()
                ? Effects.of(SkipKeptNames.of(names))
                : new Effects(List.of(), HardLinkNames.toOwners(names, ranks));
    }
}
