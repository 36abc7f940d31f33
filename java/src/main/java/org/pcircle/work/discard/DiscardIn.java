package org.pcircle.work.discard;

import java.nio.ByteBuffer;
import org.pcircle.fs.TreePath;
import org.pcircle.work.DirectoryCursor;
import org.pcircle.work.ItemResult;
import org.pcircle.work.WorkItem;
import org.pcircle.work.WorkerContext;

/** Deletes the temporary files of a stopped run in a directory and in those below it. */
public record DiscardIn(TreePath path) implements WorkItem {

    private static final int ENTRIES_EXPECTED = 64;

    @Override
    public void run(WorkerContext worker, ItemResult result) {
        new DiscardListed(path, DirectoryCursor.START).run(worker, result);
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
        return 1 + Integer.BYTES + path.bytes().length;
    }

    @Override
    public void write(ByteBuffer target) {
        path.write(target);
    }

    public static DiscardIn read(ByteBuffer source) {
        return new DiscardIn(TreePath.read(source));
    }
}
