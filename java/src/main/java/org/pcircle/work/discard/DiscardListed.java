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
import org.pcircle.work.ItemResult;
import org.pcircle.work.LeftFiles;
import org.pcircle.work.LocalItem;
import org.pcircle.work.WorkerContext;
import org.pcircle.work.change.ChangeLines;

/**
 * Looks for temporary files of a stopped run in a directory, one buffer an item: regular files with exactly such a
 * name. Nothing else is touched, no link is followed, and an entry that vanishes meanwhile is no failure.
 */
record DiscardListed(TreePath path, DirectoryCursor place) implements LocalItem {

    private static final int ROOT = 0;

    @Override
    public void run(WorkerContext worker, ItemResult result) {
        try {
            DirectoryCursor.Step step = place.read(() -> worker.roots().openTargetToList(ROOT, path), worker.listing());
            if (!step.listed().atEnd()) {
                result.spawned.add(new DiscardListed(path, step.next()));
            } else {
                result.count(Counter.SCANS_ENDED, 1);
            }
            look(step.listed(), worker, result);
        } catch (FileException e) {
            result.count(Counter.SCANS_ENDED, 1);
            if (!isOthers(e)) {
                fault(path, e, worker, result);
            }
        }
    }

    /** Whether it is an inaccessible directory of another run, perhaps of another user. */
    private boolean isOthers(FileException e) {
        return e.errno() == Errno.EACCES.number() && LeftFiles.mayBeRun(path);
    }

    private void look(DirectoryStream.Listed listed, WorkerContext worker, ItemResult result) throws FileException {
        ChangeLines lines = ChangeLines.in(ROOT, path, worker, result);
        try (Directory directory = worker.roots().openTarget(ROOT, path)) {
            Entry entry = new Entry();
            for (int at = 0; at < listed.bytes(); at += entry.recordBytes()) {
                entry.wrap(worker.listing(), at);
                result.count(Counter.SCANNED, 1);
                if (entry.outcome() != Outcome.DONE) {
                    fault(
                            path.child(entry.name()),
                            new FileException(entry.operation(), entry.error()),
                            worker,
                            result);
                } else if (isGrowing(entry, worker.plan().id())) {
                    remove(entry, lines, directory, worker, result);
                } else {
                    result.count(Counter.UP_TO_DATE, 1);
                    if (entry.isDirectory()) {
                        result.count(Counter.SCANS, 1);
                        result.spawned.add(new DiscardIn(path.child(entry.name())));
                    }
                }
            }
        }
        if (lines != null) {
            lines.end();
        }
    }

    private void remove(
            Entry entry, @Nullable ChangeLines lines, Directory directory, WorkerContext worker, ItemResult result) {
        try {
            if (!worker.plan().task().dryRun()) {
                directory.unlink(entry.name());
            }
            if (lines != null) {
                lines.delete(entry.name(), false);
            }
            result.count(Counter.DELETED, 1);
            result.count(Counter.DELETED_BYTES, entry.dataBytes());
        } catch (FileException e) {
            fault(path.child(entry.name()), e, worker, result);
        }
    }

    /** Whether an entry is a temporary file of the run. */
    static boolean isGrowing(Entry entry, String id) {
        return entry.type() == Entry.REGULAR && id.equals(RunNames.runOfPartial(entry.name()));
    }

    private static void fault(TreePath path, FileException e, WorkerContext worker, ItemResult result) {
        if (e.errno() != Errno.ENOENT.number()) {
            result.fault(Fault.of(worker.roots().showTarget(ROOT, path), e));
        }
    }
}
