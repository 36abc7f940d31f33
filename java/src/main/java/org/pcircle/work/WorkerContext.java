package org.pcircle.work;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;
import org.pcircle.circle.Tree;
import org.pcircle.digest.Algorithm;
import org.pcircle.digest.Hasher;
import org.pcircle.digest.Leaf;
import org.pcircle.fs.Changes;
import org.pcircle.fs.CopyContext;
import org.pcircle.fs.CopyOptions;
import org.pcircle.fs.Directory;
import org.pcircle.fs.Entry;
import org.pcircle.fs.FileException;
import org.pcircle.fs.TreePath;
import org.pcircle.plan.ChangeFormat;
import org.pcircle.plan.CheckpointOptions;
import org.pcircle.plan.Plan;

/**
 * The context of one worker: the run's plan and roots, and buffers that are allocated once and used for every item.
 * Used by one thread at a time; any thread may call {@link #stop()}.
 */
public final class WorkerContext implements ListingContext, AutoCloseable {

    /** Room for about 1 000 entries with names of ordinary length. */
    private static final int LISTING_BYTES = 320 * 1024;

    /** Bound on the entry records in one item, in bytes. */
    static final int RECORDS_BYTES_MAX = 64 * 1024;

    /** Room for what becomes of as many entries as one item can have. */
    private static final int CHANGES_BYTES = RECORDS_BYTES_MAX / Entry.HEADER_BYTES * Short.BYTES;

    /** What a native takes for the content of any entry. */
    private static final int LINK_CONTENT_BYTES = 64 * 1024;

    /** With room for a record before it. */
    private static final int LINK_BYTES = 8 * 1024 + LINK_CONTENT_BYTES;

    /** File data in one read or write: at least a leaf; on Lustre as much as one request to a server. */
    private static final int IO_BYTES = Leaf.BYTES;

    /** A leaf, and the same leaf read back. */
    private static final int IO_BYTES_TO_VERIFY = 2 * Leaf.BYTES;

    private static final int IO_BYTES_ON_LUSTRE = 4 << 20;

    /** Alignment for direct I/O. */
    private static final int IO_ALIGNMENT = 4096;

    private final Plan plan;
    private final OpenDirectories open = new OpenDirectories();
    private final Roots roots;
    private final RunFiles state;
    private final Tree tree;
    private final TreeTask task;
    private final CopyContext context;
    private final @Nullable EntryDigester digester;
    private final @Nullable Hasher verifier;
    private final ByteBuffer listing = ByteBuffer.allocateDirect(LISTING_BYTES).order(ByteOrder.nativeOrder());
    private final ByteBuffer records =
            ByteBuffer.allocateDirect(RECORDS_BYTES_MAX).order(ByteOrder.nativeOrder());
    private final ByteBuffer io;

    /** A record and the path in a symbolic link; null until it is needed. */
    private @Nullable ByteBuffer linkRoom;

    /** See {@link #changes}. */
    private final @Nullable ByteBuffer changes;

    WorkerContext(Plan plan, Roots roots, RunFiles state, Tree tree, TreeTask task) {
        this.plan = plan;
        this.roots = roots.by(open);
        boolean verifies = plan.task().integrity().verifies();
        int ioBytes = roots.areOnLustre() ? IO_BYTES_ON_LUSTRE : verifies ? IO_BYTES_TO_VERIFY : IO_BYTES;
        this.io = ByteBuffer.allocateDirect(ioBytes + IO_ALIGNMENT)
                .alignedSlice(IO_ALIGNMENT)
                .slice(0, ioBytes);
        boolean areTold = plan.task().dryRun() || plan.options().changes() != ChangeFormat.NONE;
        this.changes = areTold ? ByteBuffer.allocateDirect(CHANGES_BYTES).order(ByteOrder.nativeOrder()) : null;
        this.state = state;
        this.tree = tree;
        this.task = task;
        this.context = new CopyContext(options(plan));
        Algorithm verification = plan.task().integrity().verification();
        this.verifier = verification == null ? null : verification.newHasher();
        this.digester = plan.task().signature() == null
                ? null
                : new EntryDigester(plan, plan.task().signature().newHasher());
    }

    /** Ends an item: closes cached directories when it is time. */
    void itemDone() {
        open.itemDone();
    }

    private static CopyOptions options(Plan plan) {
        CopyOptions options = plan.task()
                .copyOptions(plan.isResumed())
                .inMemory(plan.task().signature() != null)
                .verify(plan.task().integrity().verifies())
                .flush(plan.task().integrity().flush())
                .temporaryPrefix(plan.temporaryPrefix());
        CheckpointOptions.Resumption resumption = plan.options().checkpoints().resumption();
        return resumption == null
                ? options
                : options.resumedSince(resumption.startedSeconds(), resumption.startedNanoseconds());
    }

    /** Closes the worker's directories. Called by the worker. */
    @Override
    public void close() {
        open.close();
    }

    /** Asks the running item to give back unfinished work. */
    public void stop() {
        context.stop();
    }

    @Override
    public Plan plan() {
        return plan;
    }

    @Override
    public TreeTask task() {
        return task;
    }

    @Override
    public Roots roots() {
        return roots;
    }

    public RunFiles state() {
        return state;
    }

    /** The rank of this worker. */
    public int rank() {
        return tree.rank();
    }

    @Override
    public int ranks() {
        return tree.size();
    }

    @Override
    public CopyContext context() {
        return context;
    }

    @Override
    @Nullable
    public EntryDigester digester() {
        return digester;
    }

    /** Hashes data for the signature, of a run that has one. */
    public EntryDigester requiredDigester() {
        if (digester == null) {
            throw new IllegalStateException("nobody wants a signature");
        }
        return digester;
    }

    /** The hash function for verification. */
    public Hasher verifier() {
        if (verifier == null) {
            throw new IllegalStateException("nothing is verified");
        }
        return verifier;
    }

    @Override
    public ByteBuffer listing() {
        return listing;
    }

    public ByteBuffer io() {
        return io;
    }

    /**
     * A direct buffer for what becomes of the entries of an item, {@link org.pcircle.fs.Changes} of 16 bits each; null
     * if nobody asks.
     */
    public @Nullable ByteBuffer changes() {
        return changes;
    }

    /** The same, in a dry run. */
    public ByteBuffer requiredChanges() {
        if (changes == null) {
            throw new IllegalStateException("nobody asks for changes");
        }
        return changes;
    }

    /** The path in a symbolic link of a source directory; null if it cannot be read any more. */
    public byte @Nullable [] linkTarget(int root, @Nullable TreePath directory, Entry link) {
        ByteBuffer room = linkRoom == null ? ByteBuffer.allocateDirect(LINK_BYTES) : linkRoom;
        linkRoom = room;
        int recordBytes = link.recordBytes();
        room.put(0, link.copy());
        ByteBuffer record = room.slice(0, recordBytes).order(ByteOrder.nativeOrder());
        ByteBuffer content = room.slice(LINK_BYTES - LINK_CONTENT_BYTES, LINK_CONTENT_BYTES);
        try (Directory source = roots.openSource(root, directory)) {
            byte[] target = new byte[source.readContent(link.name(), record, content)];
            content.get(0, target);
            return target;
        } catch (FileException e) {
            return null;
        }
    }

    /** What became of the only entry of the last call that was given {@link #changes}; 0 if nobody asks. */
    public int change() {
        return changes == null ? 0 : Changes.at(0, changes);
    }

    /** A direct buffer of at least so many bytes; shared with {@link #listing()} if that is large enough. */
    public ByteBuffer room(int bytes) {
        return bytes <= listing.capacity() ? listing : ByteBuffer.allocateDirect(bytes);
    }

    /** The record of a file in a directory, with its real length, whatever its status says. */
    public byte[] measured(Directory directory, byte[] name) throws FileException {
        byte[] record = directory.describe(name);
        if (Entry.of(record).type() == Entry.REGULAR) {
            directory.measure(direct(record), context, io);
            records.get(0, record);
        }
        return record;
    }

    /** Whether an entry waits until all of its names are known. */
    public boolean isLinked(Entry entry) {
        return isLinked(plan, entry);
    }

    /** Whether an entry waits until all of its names are known. */
    public static boolean isLinked(Plan plan, Entry entry) {
        return entry.links() > 1 && !entry.isDirectory() && plan.task().keepsHardLinks();
    }

    /** Whether the contents of a directory belong to its tree (-x). */
    public boolean isListed(int root, byte[] record) {
        return !plan.selection().oneFileSystem()
                || Entry.of(record).device()
                        == Entry.of(roots.root(root).record()).device();
    }

    /** Adds a fault if the last call completed an entry but lost a required attribute, or could not read or set one. */
    public void faultIfMissed(int root, TreePath path, ItemResult result) {
        FileException missed = context.refused();
        if (missed != null) {
            result.fault(roots.fault(root, path, null, missed));
        }
    }

    /** Copies entry records to the start of the worker's direct buffer. */
    public ByteBuffer direct(byte[] entryRecords) {
        return records.put(0, entryRecords);
    }
}
