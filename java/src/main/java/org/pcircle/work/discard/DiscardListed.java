package org.pcircle.work.discard;

import org.jspecify.annotations.Nullable;
import org.pcircle.fs.Directory;
import org.pcircle.fs.DirectoryStream;
import org.pcircle.fs.Entry;
import org.pcircle.fs.Errno;
import org.pcircle.fs.FileException;
import org.pcircle.fs.Outcome;
import org.pcircle.fs.TreePath;
import org.pcircle.plan.RunNames;
import org.pcircle.report.Counter;
import org.pcircle.report.Fault;
import org.pcircle.work.DirectoryCursor;
import org.pcircle.work.DryRunLines;
import org.pcircle.work.ItemResult;
import org.pcircle.work.LeftFiles;
import org.pcircle.work.LocalItem;
import org.pcircle.work.WorkerContext;

/**
 * Looks for temporary files of a stopped run in a directory, one buffer an item: regular files with exactly such a
 * name. Nothing else is touched, no link is followed, and an entry that vanishes meanwhile is no failure.
 */
record DiscardListed(TreePath path, DirectoryCursor place) implements LocalItem {

    private static final int ROOT = 0;

    @Override
    public void run(WorkerContext bench, ItemResult result) {
        try {
            DirectoryCursor.Step step = place.read(() -> bench.roots().openTargetToList(ROOT, path), bench.listing());
            if (!step.listed().atEnd()) {
                result.spawned.add(new DiscardListed(path, step.next()));
            } else {
                result.count(Counter.SCANS_ENDED, 1);
            }
            look(step.listed(), bench, result);
        } catch (FileException e) {
            result.count(Counter.SCANS_ENDED, 1);
            if (!isOthers(e)) {
                fault(path, e, bench, result);
            }
        }
    }

    /** Whether it is an inaccessible directory of another run, perhaps of another user. */
    private boolean isOthers(FileException e) {
        return e.errno() == Errno.EACCES.number() && LeftFiles.mayBeRun(path);
    }

    private void look(DirectoryStream.Listed listed, WorkerContext bench, ItemResult result) throws FileException {
        DryRunLines intentions = DryRunLines.in(ROOT, path, bench.roots(), result);
        try (Directory directory = bench.roots().openTarget(ROOT, path)) {
            Entry entry = new Entry();
            for (int at = 0; at < listed.bytes(); at += entry.recordBytes()) {
                entry.wrap(bench.listing(), at);
                result.count(Counter.SCANNED, 1);
                if (entry.outcome() != Outcome.DONE) {
                    fault(path.child(entry.name()), new FileException(entry.operation(), entry.error()), bench, result);
                } else if (isGrowing(entry, bench.plan().id())) {
                    remove(entry, bench.plan().task().dryRun() ? intentions : null, directory, bench, result);
                } else {
                    result.count(Counter.UP_TO_DATE, 1);
                    if (entry.isDirectory()) {
                        result.count(Counter.SCANS, 1);
                        result.spawned.add(new DiscardIn(path.child(entry.name())));
                    }
                }
            }
        }
        intentions.end();
    }

    private void remove(
            Entry entry,
            @Nullable DryRunLines intentions,
            Directory directory,
            WorkerContext bench,
            ItemResult result) {
        if (intentions != null) {
            result.count(Counter.DELETED, 1);
            intentions.delete(entry.name());
            result.count(Counter.DELETED_BYTES, entry.dataBytes());
            return;
        }
        try {
            directory.unlink(entry.name());
            result.count(Counter.DELETED, 1);
            result.count(Counter.DELETED_BYTES, entry.dataBytes());
        } catch (FileException e) {
            fault(path.child(entry.name()), e, bench, result);
        }
    }

    /** Whether an entry is a temporary file of the run. */
    static boolean isGrowing(Entry entry, String id) {
        return entry.type() == Entry.REGULAR && id.equals(RunNames.runOfPartial(entry.name()));
    }

    private static void fault(TreePath path, FileException e, WorkerContext bench, ItemResult result) {
        if (e.errno() != Errno.ENOENT.number()) {
            result.fault(Fault.of(bench.roots().showTarget(ROOT, path), e));
        }
    }
}
