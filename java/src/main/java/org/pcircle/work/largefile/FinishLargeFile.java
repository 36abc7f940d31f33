package org.pcircle.work.largefile;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pcircle.circle.Item;
import org.pcircle.digest.FileSum;
import org.pcircle.fs.Changes;
import org.pcircle.fs.Directory;
import org.pcircle.fs.Entry;
import org.pcircle.fs.FileException;
import org.pcircle.fs.Operation;
import org.pcircle.fs.Outcome;
import org.pcircle.report.Counter;
import org.pcircle.report.Fault;
import org.pcircle.work.ItemResult;
import org.pcircle.work.KeptEntry;
import org.pcircle.work.LocalItem;
import org.pcircle.work.Roots;
import org.pcircle.work.WorkerContext;
import org.pcircle.work.change.ChangeLines;

/**
 * Completes a large file when all its ranges are done: compares the source with its record, sets the metadata, renames
 * the file; or deletes the temporary file if a range failed. If the source has changed, the file is copied once more;
 * if it has changed again, the file is completed with the time first seen, and reported. The file's owner runs this
 * itself, so that it always knows which files are incomplete.
 *
 * @param failed whether a range of it failed
 * @param sum of all its leaves; null if there is no signature
 */
record FinishLargeFile(
        LargeFile file, boolean failed, @Nullable FileSum sum) implements LocalItem {

    /** Not saved: it follows from the state of its file. */
    @Override
    public List<Item> saved() {
        return List.of();
    }

    /** The state of the file at its owner. */
    @Override
    public boolean freesMemory() {
        return true;
    }

    @Override
    public void run(WorkerContext worker, ItemResult result) {
        Roots roots = worker.roots();
        result.tell(worker.rank(), new LargeFileClosed(file));
        byte[] temporaryName = file.temporaryName(worker.plan());
        try (Directory target = roots.openTarget(file.root(), file.directory());
                Directory source = failed ? null : openSource(target, temporaryName, roots)) {
            int changes = source == null ? 0 : changes(source, target, worker);
            if (source == null) {
                target.unlink(temporaryName);
            } else {
                Outcome outcome = finish(source, target, temporaryName, false, worker);
                conclude(outcome, changes, source, target, worker, result);
            }
        } catch (FileException e) {
            result.fault(roots.fault(file.root(), file.path(), file.record(), e));
        }
    }

    /**
     * @param outcome of the file, as {@link Directory#finishFile} tells it
     * @param changes that it makes, if it gets its name
     */
    private void conclude(
            Outcome outcome, int changes, Directory source, Directory target, WorkerContext worker, ItemResult result)
            throws FileException {
        if (outcome == Outcome.KEPT) { // Somebody has written it meanwhile.
            KeptEntry.take(file.ref(), target, worker, result);
            return;
        } else if (outcome != Outcome.CHANGED) {
            inPlace(changes, worker, result);
            worker.faultIfMissed(file.root(), file.path(), result);
            sign(worker, result);
            return;
        }
        byte[] temporaryName = file.temporaryName(worker.plan());
        if (!file.retried()) {
            target.unlink(temporaryName);
            result.spawned.add(CreateLargeFile.ofChanged(file, worker.measured(source, file.name()), worker));
        } else {
            finish(source, target, temporaryName, true, worker);
            inPlace((changes & Changes.REPLACED) != 0 ? 0 : changes, worker, result); // An existing file stays.
            byte[] path = worker.roots().showSource(file.root(), file.path());
            result.fault(new Fault(path, Operation.COMPARE, 0));
        }
    }

    /** If the source's directory is gone, the temporary file is deleted, too. */
    private Directory openSource(Directory target, byte[] temporaryName, Roots roots) throws FileException {
        try {
            return roots.openSource(file.root(), file.directory());
        } catch (FileException e) {
            try {
                target.unlink(temporaryName);
            } catch (FileException left) {
                e.addSuppressed(left);
            }
            throw e;
        }
    }

    /** What becomes of the entry that has the file's name, if anybody asks; see {@link Changes}. */
    private int changes(Directory source, Directory target, WorkerContext worker) {
        if (worker.changes() == null) {
            return 0;
        }
        byte[] name = file.targetName(worker.roots().root(file.root()));
        try {
            return source.changesByMaking(target, worker.direct(file.record()), name, false, worker.context());
        } catch (FileException e) {
            return 0; // What cannot be looked at cannot be replaced either, which is reported.
        }
    }

    /** Counts the file, and tells what it changed. */
    private void inPlace(int changes, WorkerContext worker, ItemResult result) {
        result.count(Counter.FILES, 1);
        ChangeLines.tell(file.root(), file.path(), Entry.of(file.record()), changes, worker, result);
    }

    private void sign(WorkerContext worker, ItemResult result) {
        if (worker.digester() != null && sum != null) {
            worker.digester().addFile(file.ref(), sum, result);
        }
    }

    /** Finishes the file; on failure the temporary file is deleted. */
    private Outcome finish(
            Directory source, Directory target, byte[] temporaryName, boolean acceptChanged, WorkerContext worker)
            throws FileException {
        try {
            return source.finishFile(
                    target,
                    worker.direct(file.record()),
                    temporaryName,
                    file.targetName(worker.roots().root(file.root())),
                    acceptChanged,
                    worker.context());
        } catch (FileException e) {
            try {
                target.unlink(temporaryName);
            } catch (FileException left) {
                e.addSuppressed(left);
            }
            throw e;
        }
    }
}
