package org.pcircle.work.discard;

import org.pcircle.fs.Errno;
import org.pcircle.fs.FileException;
import org.pcircle.fs.StateDirectory;
import org.pcircle.report.Counter;
import org.pcircle.report.Fault;
import org.pcircle.work.CheckpointFiles;
import org.pcircle.work.ItemResult;
import org.pcircle.work.LocalItem;
import org.pcircle.work.RunFiles;
import org.pcircle.work.WorkerContext;
import org.pcircle.work.change.ChangeLines;

/**
 * At rank 0, when all temporary files of a stopped run are deleted: deletes the run's files, checkpoint records after
 * the files that they need, and the lock last. So nobody resumes the run meanwhile, and an interrupted discard can be
 * repeated.
 *
 * @param lettingGo releases the lock, which some file systems keep under another name as long as it is open
 */
public record DiscardOwnFiles(Runnable lettingGo) implements LocalItem {

    @Override
    public void run(WorkerContext worker, ItemResult result) {
        RunFiles own = worker.state();
        try (StateDirectory state = own.open()) {
            for (String file : CheckpointFiles.inOrderOfRemoval(state.files())) {
                long bytes = state.describe(file).dataBytes();
                if (!worker.plan().task().dryRun() && !file.equals(CheckpointFiles.LOCK)) {
                    state.removeFile(file);
                }
                result.count(Counter.DELETED, 1);
                result.count(Counter.DELETED_BYTES, bytes);
            }
        } catch (FileException e) {
            // Another process has just discarded it.
            if (e.errno() != Errno.ENOENT.number()) {
                result.fault(Fault.of(own.shown(), e));
                return;
            }
        }
        if (worker.plan().task().dryRun()) {
            ChangeLines.tellDeletion(own.shown(), worker, result);
            return;
        }
        lettingGo.run();
        try {
            own.removeAll();
            ChangeLines.tellDeletion(own.shown(), worker, result);
        } catch (FileException e) {
            result.fault(Fault.of(own.shown(), e));
        }
    }
}
