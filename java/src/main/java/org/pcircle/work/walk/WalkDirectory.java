package org.pcircle.work.walk;

import java.nio.ByteBuffer;
import org.pcircle.circle.Notice;
import org.pcircle.fs.Errno;
import org.pcircle.fs.Operation;
import org.pcircle.fs.TreePath;
import org.pcircle.report.Counter;
import org.pcircle.report.Fault;
import org.pcircle.wire.Wire;
import org.pcircle.work.ItemResult;
import org.pcircle.work.WorkItem;
import org.pcircle.work.WorkerContext;

/**
 * Enters a directory, as the command does that, and lists it.
 *
 * @param path of the directory in the tree of its root
 * @param record of the directory in the source
 */
public record WalkDirectory(int root, TreePath path, byte[] record) implements WorkItem {

    /** Number of entries that a directory is assumed to have until it is listed. */
    private static final int ENTRIES_EXPECTED = 64;

    @Override
    public void run(WorkerContext worker, ItemResult result) {
        boolean isListedNext = worker.isListed(root, record);
        if (worker.task().enter(root, path, record, isListedNext, worker, result)
                && isListedNext
                && isMounted(worker, result)) {
            boolean isRead = new ListDirectory(root, path).list(worker, ListDirectory.inPlace(worker), result);
            if (!isRead) {
                result.notices.replaceAll(this::withoutSource);
            }
        } else if (result.spawned.isEmpty()) {
            result.count(Counter.SCANS_ENDED, 1);
        }
    }

    /** Adds a directory that has been entered to the signature. */
    public static void sign(int root, TreePath path, byte[] record, WorkerContext worker, ItemResult result) {
        if (worker.digester() != null) {
            worker.digester().addDirectory(root, path, record, result);
        }
    }

    /** The source could not be listed: a directory that was just created is finished without it. */
    private Notice.Addressed withoutSource(Notice.Addressed told) {
        return told.notice() instanceof DirectoryMade made
                        && made.directory().root() == root
                        && made.directory().path().equals(path)
                ? new Notice.Addressed(
                        told.to(), new DirectoryMade(made.directory().unread()))
                : told;
    }

    /** Whether the file system that begins here, if any, is still mounted; reports it if not. */
    private boolean isMounted(WorkerContext worker, ItemResult result) {
        boolean isMounted = worker.roots().presence().isMounted(root, path);
        if (!isMounted) {
            result.fault(new Fault(worker.roots().showSource(root, path), Operation.OPEN, Errno.ESTALE.number()));
        }
        return isMounted;
    }

    @Override
    public long dataBytes() {
        return 0;
    }

    @Override
    public long entries() {
        return ENTRIES_EXPECTED;
    }

    @Override
    public int encodedBytes() {
        return 1 + 3 * Integer.BYTES + path.bytes().length + record.length;
    }

    @Override
    public void write(ByteBuffer target) {
        target.putInt(root);
        path.write(target);
        Wire.writeBytes(record, target);
    }

    public static WalkDirectory read(ByteBuffer source) {
        return new WalkDirectory(source.getInt(), TreePath.read(source), Wire.readBytes(source));
    }
}
