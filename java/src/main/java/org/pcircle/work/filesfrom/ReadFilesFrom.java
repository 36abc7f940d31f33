package org.pcircle.work.filesfrom;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.pcircle.fs.Errno;
import org.pcircle.fs.FileException;
import org.pcircle.fs.Operation;
import org.pcircle.fs.TreePath;
import org.pcircle.report.Fault;
import org.pcircle.work.ItemResult;
import org.pcircle.work.LocalItem;
import org.pcircle.work.WorkerContext;

/**
 * At rank 0: reads the list of --files-from, a buffer an item. The first item creates the top of the target, which
 * holds the run's files.
 */
public record ReadFilesFrom(FilesFrom list, boolean isFirst) implements LocalItem {

    @Override
    public void run(WorkerContext worker, ItemResult result) {
        if (isFirst
                && !worker.task().enter(0, TreePath.TOP, worker.roots().root(0).record(), false, worker, result)) {
            return;
        }
        List<TreePath> listed = new ArrayList<>();
        try {
            for (byte[] path : list.next()) {
                TreePath plain = FilesFrom.plain(path);
                if (plain == null) {
                    result.fault(new Fault(path, Operation.FIND, Errno.EXDEV.number()));
                } else {
                    listed.add(plain);
                }
            }
            if (!list.isAtEnd()) {
                result.spawned.add(new ReadFilesFrom(list, false));
            }
        } catch (IOException e) {
            int errno = e instanceof FileException file ? file.errno() : Errno.EIO.number();
            if (errno == Errno.EINTR.number()) {
                result.spawned.add(new ReadFilesFrom(list, false)); // The run is being stopped.
            } else {
                // Entries listed before that are copied.
                result.fault(new Fault(FilesFrom.SHOWN, Operation.READ, errno));
            }
        }
        if (!listed.isEmpty()) {
            result.tell(worker.rank(), new PathsListed(listed));
        }
    }
}
