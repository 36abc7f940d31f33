package org.pcircle.work.hardlink;

import org.pcircle.fs.Changes;
import org.pcircle.fs.Directory;
import org.pcircle.fs.FileException;
import org.pcircle.work.HardLinkName;
import org.pcircle.work.WorkerContext;

/** What becomes of an entry of the target when a hard link takes its name. */
final class LinkChanges {

    private LinkChanges() {}

    /**
     * In what the entry differs from the source's, see {@link Changes}.
     *
     * @param target the directory of the link
     */
    static int of(HardLinkName link, Directory target, WorkerContext worker) {
        byte[] name = link.targetName(worker.roots().root(link.root()));
        boolean lookOnly = worker.plan().task().dryRun();
        try (Directory source = worker.roots().openSource(link.root(), link.directory())) {
            return source.changesByMaking(target, worker.direct(link.record()), name, lookOnly, worker.context());
        } catch (FileException e) {
            // The link can be made all the same; what it replaces is not known.
            return Changes.MADE | Changes.MADE_BEFORE;
        }
    }
}
