package org.pcircle.plan;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.pcircle.digest.Leaf;
import org.pcircle.fs.Entry;
import org.pcircle.fs.ExistingPolicy;
import org.pcircle.fs.TreePath;

/**
 * Everything a rank must know to take part in a run.
 *
 * @param id name of the run, unique in its destination; part of temporary names
 * @param stateName name of the directory that holds the run's files
 * @param roots sources with their targets
 * @param selection which of their entries take part
 * @param task what is done with them
 * @param options how it is done
 */
public record Plan(
        String id, String stateName, List<Root> roots, Selection selection, TaskPlan task, RunOptions options) {

    private static final long CHUNK_BYTES_MIN = 16 << 20;
    private static final long CHUNK_BYTES_MAX = 256 << 20;
    private static final int CHUNKS_PER_WORKER = 8;

    /** The plan that a rank was sent, or that a checkpoint holds; see {@link #encode}. */
    public static Plan decode(byte[] encoded) {
        return PlanCodec.decode(encoded);
    }

    /** The plan as the bytes of a {@link org.pcircle.circle.Message.Start}. */
    public byte[] encode() {
        return PlanCodec.encode(this);
    }

    /** The same roots, as seen from elsewhere, and the same task, done in another way. */
    public Plan with(List<Root> seen, RunOptions others) {
        return new Plan(id, stateName, seen, selection, task, others);
    }

    /** Whether the run is resumed, so that an earlier attempt may have done part of it. */
    public boolean isResumed() {
        return options.isResumed();
    }

    /** What is copied and how, in a run that copies. */
    public CopyPlan copy() {
        if (task instanceof CopyPlan copy) {
            return copy;
        }
        throw new IllegalStateException(task.command() + " copies nothing here");
    }

    /** What is discarded, in a run that discards. */
    public DiscardPlan discard() {
        if (task instanceof DiscardPlan discard) {
            return discard;
        }
        throw new IllegalStateException(task.command() + " discards nothing here");
    }

    /** The policy for existing targets: entries that an earlier attempt of this run created may be replaced. */
    public ExistingPolicy existing() {
        return copy().existing(isResumed());
    }

    /** Whether there is one source, a directory, so that DEST is its copy. */
    public boolean isOneDirectory() {
        return isOneDirectory(roots);
    }

    /** Whether this is one source, a directory, so that DEST is its copy. */
    public static boolean isOneDirectory(List<Root> roots) {
        return roots.size() == 1 && Entry.of(roots.get(0).record()).isDirectory();
    }

    /** Prefix of the names of temporary files. */
    public String temporaryPrefix() {
        return RunNames.partialPrefix(id);
    }

    /** Whether an entry of a root's tree is excluded; names are as seen from DEST. */
    public boolean excludes(int root, TreePath path, boolean isDirectory) {
        if (selection.filter().isEmpty()) {
            return false;
        }
        TreePath seen =
                isOneDirectory() ? path : path.below(roots.get(root).target().name());
        return selection.filter().excludes(seen.bytes(), isDirectory);
    }

    /**
     * The path of an entry in the transfer, as rsync has it: in the tree of one directory; else the name of its source
     * is the first.
     */
    public TreePath transferPath(int root, TreePath path) {
        Root from = roots.get(root);
        boolean hasOwnName = roots.size() == 1 && !from.source().isInItself();
        return isOneDirectory()
                ? path
                : path.below(hasOwnName ? from.source().name() : from.target().name());
    }

    /** Whether a directory holds the run's own files. */
    public boolean isOwn(byte[] name) {
        return !task.hasTargets() && Arrays.equals(name, stateName.getBytes(StandardCharsets.UTF_8));
    }

    /** Whether a root is excluded; the top of a single tree never is. */
    public boolean excludesRoot(int root) {
        boolean isDirectory = Entry.of(roots.get(root).record()).isDirectory();
        return !isOneDirectory() && excludes(root, TreePath.TOP, isDirectory);
    }

    /** The path of an entry in the signature: with a single root, the root's own name is not part of it. */
    public byte[] signedPath(int root, TreePath path) {
        return roots.size() == 1
                ? path.bytes()
                : path.below(roots.get(root).target().name()).bytes();
    }

    /** Whether data is hashed while it is copied, for the signature or for verification. */
    public boolean isDigested() {
        return task.signature() != null || task.integrity().verifies();
    }

    /** Whether a file is copied in ranges and not in a batch; a file that is hashed in a batch has at most one leaf. */
    public boolean isLarge(long fileBytes) {
        return !task.dryRun() && fileBytes > (isDigested() ? Leaf.BYTES : chunkBytes(fileBytes));
    }

    /**
     * Bytes that a worker copies at a time of a file of this length; a multiple of the leaf where leaves are hashed.
     */
    public long chunkBytes(long fileBytes) {
        long chosen = options.chunkBytes();
        if (chosen > 0) {
            return isDigested() ? Leaf.ceiling(chosen) : chosen;
        }
        long share = fileBytes / Math.max(1, options.workers() * CHUNKS_PER_WORKER);
        long bounded = Math.max(CHUNK_BYTES_MIN, Math.min(CHUNK_BYTES_MAX, share));
        return bounded / CHUNK_BYTES_MIN * CHUNK_BYTES_MIN;
    }
}
