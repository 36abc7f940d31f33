package org.pcircle.work.change;

import java.io.ByteArrayOutputStream;
import org.jspecify.annotations.Nullable;
import org.pcircle.fs.Entry;
import org.pcircle.fs.TreePath;
import org.pcircle.plan.ChangeFormat;
import org.pcircle.work.HardLinkName;
import org.pcircle.work.ItemResult;
import org.pcircle.work.WorkerContext;

/**
 * Lines that name the entries of one directory of the target that are changed, in the format of the plan; in a dry run,
 * those that would be. They are part of an item's result, in pieces for rank 0, which prints them. Where nobody asks
 * for them there is no such object, so that they cost nothing.
 */
public abstract class ChangeLines {

    /** Lines are sent in pieces of about this length. */
    private static final int PIECE_BYTES = 64 * 1024;

    private final ItemResult result;
    private final ByteArrayOutputStream lines = new ByteArrayOutputStream();

    ChangeLines(ItemResult result) {
        this.result = result;
    }

    /**
     * For the entries of a directory; null if nobody asks.
     *
     * @param directory null: the entry is the top of its tree
     */
    public static @Nullable ChangeLines in(
            int root, @Nullable TreePath directory, WorkerContext worker, ItemResult result) {
        return switch (worker.plan().options().changes()) {
            case NONE -> null;
            case VERBS -> new VerbLines(root, directory, worker.roots(), result);
            case ITEMS -> new ItemLines(root, directory, worker, result);
        };
    }

    /** For the directory that holds an entry; null if nobody asks. */
    public static @Nullable ChangeLines around(int root, TreePath entry, WorkerContext worker, ItemResult result) {
        return in(root, entry.isTop() ? null : entry.parent(), worker, result);
    }

    /** Tells what becomes of a single entry. */
    public static void tell(
            int root, TreePath path, Entry entry, int changes, WorkerContext worker, ItemResult result) {
        ChangeLines one = around(root, path, worker, result);
        if (one != null) {
            one.tell(entry, path.isTop() ? new byte[0] : path.name(), changes);
            one.end();
        }
    }

    /** Tells the deletion of a file of a run's own, by its path as shown to the user. */
    public static void tellDeletion(byte[] shown, WorkerContext worker, ItemResult result) {
        if (worker.plan().options().changes() != ChangeFormat.NONE) {
            result.tell(0, new ChangeOutput(VerbLines.deletion(shown)));
        }
    }

    /**
     * Adds a line, unless nothing is changed.
     *
     * @param entry as it is in the source
     * @param name of the entry; of no account for the top of a tree
     * @param changes see {@link org.pcircle.fs.Changes}
     */
    public abstract void tell(Entry entry, byte[] name, int changes);

    /**
     * Adds a line: an entry becomes another name of the one that has a first name.
     *
     * @param changes in what an existing entry of that name differs
     */
    public abstract void link(HardLinkName other, HardLinkName first, int changes);

    /** Adds a line: an entry of the target is deleted. */
    public abstract void delete(byte[] name, boolean isDirectory);

    /** Sends the remaining lines. */
    public final void end() {
        if (lines.size() > 0) {
            result.tell(0, new ChangeOutput(lines.toByteArray()));
            lines.reset();
        }
    }

    /** Adds a part of a line. */
    final void add(byte[] part) {
        lines.writeBytes(part);
    }

    final void endLine() {
        lines.write('\n');
        if (lines.size() > PIECE_BYTES) {
            end();
        }
    }
}
