package org.pcircle.work;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;
import org.pcircle.circle.Tree;
import org.pcircle.digest.Algorithm;
import org.pcircle.digest.Hasher;
import org.pcircle.digest.Leaf;
import org.pcircle.fs.CopyContext;
import org.pcircle.fs.CopyOptions;
import org.pcircle.fs.Directory;
import org.pcircle.fs.Entry;
import org.pcircle.fs.FileException;
import org.pcircle.fs.Kept;
import org.pcircle.fs.TreePath;
import org.pcircle.plan.Checkpoints;
import org.pcircle.plan.Plan;

/**
 * Where one worker works: the run's plan and roots, and buffers that are allocated once and used for every item. Used by
 * one thread at a time; {@link #stop()} may come from any.
 */
public final class Workbench implements AutoCloseable {

    /** Room for about 1 000 entries with names of ordinary length. */
    private static final int LISTING_BYTES = 320 * 1024;

    /** Entry records in one item, at most. */
    static final int RECORDS_BYTES_MAX = 64 * 1024;

    /** File data in one read or write, at most: at least a leaf, and where requests go to servers, as much as one takes. */
    private static final int IO_BYTES = Leaf.BYTES;

    /** A leaf, and the same read back. */
    private static final int IO_BYTES_TO_VERIFY = 2 * Leaf.BYTES;

    private static final int IO_BYTES_ON_LUSTRE = 4 << 20;

    /** What devices want that read and write it directly. */
    private static final int IO_ALIGNMENT = 4096;

    private final Plan plan;
    private final OpenDirectories open = new OpenDirectories();
    private final Roots roots;
    private final RankState state;
    private final Tree tree;
    private final TreeTask task;
    private final CopyContext context;
    private final @Nullable Signing signing;
    private final @Nullable Hasher verifier;
    private final ByteBuffer listing = ByteBuffer.allocateDirect(LISTING_BYTES).order(ByteOrder.nativeOrder());
    private final ByteBuffer records =
            ByteBuffer.allocateDirect(RECORDS_BYTES_MAX).order(ByteOrder.nativeOrder());
    private final ByteBuffer io;

    Workbench(Plan plan, Roots roots, RankState state, Tree tree, TreeTask task) {
        this.plan = plan;
        this.roots = roots.by(open);
        boolean verifies = plan.assurance().verifies();
        int ioBytes = roots.areOnLustre() ? IO_BYTES_ON_LUSTRE : verifies ? IO_BYTES_TO_VERIFY : IO_BYTES;
        this.io = ByteBuffer.allocateDirect(ioBytes + IO_ALIGNMENT)
                .alignedSlice(IO_ALIGNMENT)
                .slice(0, ioBytes);
        this.state = state;
        this.tree = tree;
        this.task = task;
        this.context = new CopyContext(options(plan));
        Algorithm verification = plan.assurance().verification();
        this.verifier = verification == null ? null : verification.newHasher();
        this.signing = plan.signature() == null
                ? null
                : new Signing(plan, plan.signature().newHasher());
    }

    /** Closes what an item had open and the next one does not need. */
    void itemDone() {
        open.itemDone();
    }

    private static CopyOptions options(Plan plan) {
        CopyOptions options = new CopyOptions()
                .method(plan.method())
                .sparse(plan.sparse())
                .kept(plan.preserve().kept())
                .insisted(plan.preserve().insisted())
                .creationMask(plan.preserve().creationMask())
                .layout(plan.preserve().layout())
                .existing(plan.existing())
                .inMemory(plan.signature() != null)
                .verify(plan.assurance().verifies())
                .flush(plan.assurance().flush())
                .temporaryPrefix(plan.temporaryPrefix());
        Checkpoints.Resumption resumption = plan.checkpoints().resumption();
        return resumption == null
                ? options
                : options.resumedSince(resumption.startedSeconds(), resumption.startedNanoseconds());
    }

    /** Closes what its worker has open. By that worker. */
    @Override
    public void close() {
        open.close();
    }

    /** Asks the item that runs now to give back what it has not begun. */
    public void stop() {
        context.stop();
    }

    Plan plan() {
        return plan;
    }

    /** What is done with the entries that are found. */
    TreeTask task() {
        return task;
    }

    Roots roots() {
        return roots;
    }

    RankState state() {
        return state;
    }

    /** The rank that this worker belongs to. */
    int rank() {
        return tree.rank();
    }

    /** How many ranks there are. */
    int ranks() {
        return tree.size();
    }

    CopyContext context() {
        return context;
    }

    /** What digests the data; null if nobody wants it. */
    @Nullable
    Signing signing() {
        return signing;
    }

    /** The same, where a signature is all that is wanted. */
    Signing signer() {
        if (signing == null) {
            throw new IllegalStateException("nobody wants a signature");
        }
        return signing;
    }

    /** What digests data that is to be compared with what is read back. */
    Hasher verifier() {
        if (verifier == null) {
            throw new IllegalStateException("nothing is verified");
        }
        return verifier;
    }

    ByteBuffer listing() {
        return listing;
    }

    ByteBuffer io() {
        return io;
    }

    /** A direct buffer of at least so many bytes, shared with {@link #listing()} unless more is needed than that has. */
    ByteBuffer room(int bytes) {
        return bytes <= listing.capacity() ? listing : ByteBuffer.allocateDirect(bytes);
    }

    /** A record of a file in a directory, with the length that it has, whatever it says. */
    byte[] measured(Directory directory, byte[] name) throws FileException {
        byte[] record = directory.describe(name);
        if (Entry.of(record).type() == Entry.REGULAR) {
            directory.measure(direct(record), context, io);
            records.get(0, record);
        }
        return record;
    }

    /** Whether an entry waits until all of its names are known. */
    boolean isLinked(Entry entry) {
        return isLinked(plan, entry);
    }

    /** Whether an entry waits until all of its names are known. */
    static boolean isLinked(Plan plan, Entry entry) {
        return entry.links() > 1
                && !entry.isDirectory()
                && plan.preserve().kept().contains(Kept.LINKS);
    }

    /** Whether what is in a directory belongs to its tree. */
    boolean isListed(int root, byte[] record) {
        return !plan.oneFileSystem()
                || Entry.of(record).device()
                        == Entry.of(roots.root(root).record()).device();
    }

    /** An entry that is in place, but not as was insisted on in the last call, or without an attribute that could not be read or given. */
    void faultIfMissed(int root, TreePath path, Result result) {
        FileException missed = context.refused();
        if (missed != null) {
            result.fault(roots.fault(root, path, null, missed));
        }
    }

    /** The given entry records in the worker's direct buffer, from its start. */
    ByteBuffer direct(byte[] entryRecords) {
        return records.put(0, entryRecords);
    }
}
