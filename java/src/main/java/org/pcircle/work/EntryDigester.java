package org.pcircle.work;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.pcircle.digest.DatasetSum;
import org.pcircle.digest.EntryType;
import org.pcircle.digest.FileSum;
import org.pcircle.digest.Hasher;
import org.pcircle.digest.Leaf;
import org.pcircle.digest.LeafRuns;
import org.pcircle.digest.Metadata;
import org.pcircle.digest.SignedEntry;
import org.pcircle.fs.Directory;
import org.pcircle.fs.Entry;
import org.pcircle.fs.FileException;
import org.pcircle.fs.OpenFile;
import org.pcircle.fs.Outcome;
import org.pcircle.fs.TreePath;
import org.pcircle.manifest.ManifestRecord;
import org.pcircle.plan.ManifestDetail;
import org.pcircle.plan.Plan;

/**
 * Hashes the data that one worker copies or only reads, from the buffer that it was read into. An entry enters the
 * signature in the result of the item that completes it, and only if that succeeded.
 */
public final class EntryDigester {

    /** The alignment of contents that {@link org.pcircle.fs.Directory#copyEntries} leaves in memory. */
    private static final int ALIGNMENT = 8;

    /** The permission bits of a mode. */
    private static final int PERMISSIONS = 07777;

    private final Plan plan;
    private final Hasher hasher;

    /** The current item's records for the manifest: encoded {@link ManifestRecord}s. */
    private final List<byte[]> records = new ArrayList<>();

    EntryDigester(Plan plan, Hasher hasher) {
        this.plan = plan;
        this.hasher = hasher;
    }

    public Hasher hasher() {
        return hasher;
    }

    /** Ends an item: sends its manifest records to rank 0. */
    void tellRecords(ItemResult result) {
        if (!records.isEmpty()) {
            ManifestRecords.inPieces(records).forEach(found -> result.tell(0, found));
            records.clear();
        }
    }

    /** A sum for the leaves of a range. */
    private FileSum newSum() {
        return new FileSum(hasher.algorithm());
    }

    /** A list of digests of leaves from an offset on; null if the manifest has no leaves. */
    @Nullable
    public LeafRuns newLeaves(long offset) {
        return plan.task().detail() == ManifestDetail.LEAVES ? new LeafRuns(Leaf.index(offset)) : null;
    }

    /**
     * Adds a leaf.
     *
     * @param got bytes of it that the source had; the rest is zeros in the target
     */
    void addLeaf(FileSum sum, long offset, ByteBuffer io, int got, int bytes) {
        if (got < bytes) {
            io.put(got, new byte[bytes - got]);
        }
        sum.addLeaf(Leaf.index(offset), io, 0, bytes, hasher);
    }

    public void addDirectory(int root, TreePath path, byte[] record, ItemResult result) {
        byte[] signedPath = plan.signedPath(root, path);
        add(SignedEntry.empty(EntryType.DIRECTORY, signedPath, metadata(Entry.of(record)), hasher), result);
    }

    /** Adds a file whose leaves have all been summed up. */
    public void addFile(EntryRef file, FileSum sum, ItemResult result) {
        addFile(file, Entry.of(file.record()), sum.digest(file.dataBytes(), hasher), result);
    }

    /** Adds a file of the target that was left alone, by reading all of it into a buffer. */
    public void addFile(EntryRef file, Directory target, byte[] targetName, ByteBuffer io, ItemResult result)
            throws FileException {
        addFile(file, Entry.of(file.record()), digest(file.dataBytes(), target, targetName, io), result);
    }

    /** @param now the file as it is now, as far as the signature covers it */
    private void addFile(EntryRef file, Entry now, byte[] digest, ItemResult result) {
        byte[] path = plan.signedPath(file.root(), file.path());
        add(new SignedEntry(EntryType.REGULAR, path, digest, now.dataBytes(), metadata(now)), result);
    }

    /** Adds a manifest record of the leaves of a range; null: none. */
    public void addLeaves(EntryRef file, @Nullable LeafRuns leaves, ItemResult result) {
        if (leaves != null) {
            byte[] path = plan.signedPath(file.root(), file.path());
            records.add(new ManifestRecord.Leaves(path, leaves).encoded());
        }
    }

    /** Adds a manifest record for an entry, or a directory's contents, that could not be read. */
    public void addUnread(int root, TreePath path, ItemResult result) {
        if (plan.task().detail() != ManifestDetail.NONE) {
            records.add(new ManifestRecord.Unread(plan.signedPath(root, path)).encoded());
        }
    }

    private byte[] digest(long fileBytes, Directory directory, byte[] name, ByteBuffer io) throws FileException {
        FileSum sum = newSum();
        try (OpenFile open = directory.openFile(name)) {
            for (long at = 0; at < fileBytes; at += Leaf.BYTES) {
                int bytes = (int) Math.min(fileBytes - at, Leaf.BYTES);
                addLeaf(sum, at, io, open.read(io, bytes, at), bytes);
            }
        }
        return sum.digest(fileBytes, hasher);
    }

    /**
     * Adds the entries of a batch that succeeded.
     *
     * @param records with their outcomes, between {@code from} and {@code to}
     * @param io their contents, as {@link org.pcircle.fs.Directory#copyEntries} leaves it
     */
    public void addEntries(
            int root,
            Function<Entry, TreePath> pathOf,
            ByteBuffer records,
            int from,
            int to,
            ByteBuffer io,
            ItemResult result) {
        Entry entry = new Entry();
        int held = 0;
        for (int at = from; at < to; at += entry.recordBytes()) {
            entry.wrap(records, at);
            Outcome outcome = entry.outcome();
            boolean isThere =
                    outcome == Outcome.DONE || outcome == Outcome.UP_TO_DATE || outcome == Outcome.ALREADY_DONE;
            if (!isThere) {
                continue;
            }
            byte[] path = plan.signedPath(root, pathOf.apply(entry));
            int bytes = (int) entry.contentBytes();
            add(path, entry, io, held, bytes, result);
            held += (bytes + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
        }
    }

    /**
     * Adds an entry of the target as it is there, by reading its content into the worker's buffer.
     *
     * @param ref the entry of the source that has the name
     */
    public void addExisting(EntryRef ref, Directory target, byte[] targetName, WorkerContext worker, ItemResult result)
            throws FileException {
        byte[] now = target.describe(targetName); // The source need not say how long it is, and may differ.
        Entry entry = Entry.of(now);
        if (entry.dataBytes() > Leaf.BYTES) {
            addFile(ref, entry, digest(entry.dataBytes(), target, targetName, worker.io()), result);
            return;
        }
        int bytes = target.readContent(targetName, worker.direct(now), worker.io());
        add(plan.signedPath(ref.root(), ref.path()), entry, worker.io(), 0, bytes, result);
    }

    /** Adds an entry whose content is in memory. */
    private void add(byte[] path, Entry entry, ByteBuffer io, int at, int bytes, ItemResult result) {
        EntryType type = typeOf(entry);
        Metadata metadata = metadata(entry);
        switch (type) {
            case REGULAR -> {
                byte[] digest = smallFile(path, io, at, bytes);
                add(new SignedEntry(type, path, digest, bytes, metadata), result);
            }
            case SYMLINK ->
                add(new SignedEntry(type, path, FileSum.digest(io, at, bytes, hasher), 0, metadata), result);
            case CHARACTER_DEVICE, BLOCK_DEVICE -> {
                int major = entry.specialMajor();
                add(SignedEntry.device(type, path, major, entry.specialMinor(), metadata, hasher), result);
            }
            case DIRECTORY, FIFO, SOCKET -> add(SignedEntry.empty(type, path, metadata, hasher), result);
        }
    }

    /** The digest of a file that is in memory. */
    private byte[] smallFile(byte[] path, ByteBuffer io, int at, int bytes) {
        FileSum sum = newSum();
        LeafRuns leaves = new LeafRuns(0);
        for (int done = 0; done < bytes; done += Leaf.BYTES) {
            int leafBytes = Math.min(bytes - done, Leaf.BYTES);
            leaves.add(1, sum.addLeaf(Leaf.index(done), io, at + done, leafBytes, hasher));
        }
        if (bytes > 0 && plan.task().detail() == ManifestDetail.LEAVES) {
            records.add(new ManifestRecord.Leaves(path, leaves).encoded());
        }
        return sum.digest(bytes, hasher);
    }

    private void add(SignedEntry entry, ItemResult result) {
        sumOf(result).add(entry, hasher);
        if (plan.task().detail() != ManifestDetail.NONE) {
            records.add(new ManifestRecord.Entry(entry).encoded());
        }
    }

    private @Nullable Metadata metadata(Entry entry) {
        return plan.task().metadata()
                ? new Metadata(
                        entry.mode() & PERMISSIONS,
                        entry.owner(),
                        entry.group(),
                        entry.modifiedSeconds(),
                        entry.modifiedNanoseconds())
                : null;
    }

    private DatasetSum sumOf(ItemResult result) {
        DatasetSum sum = result.signed;
        if (sum == null) {
            sum = new DatasetSum(hasher.algorithm());
            result.signed = sum;
        }
        return sum;
    }

    private static EntryType typeOf(Entry entry) {
        return switch (entry.type()) {
            case Entry.REGULAR -> EntryType.REGULAR;
            case Entry.DIRECTORY -> EntryType.DIRECTORY;
            case Entry.SYMLINK -> EntryType.SYMLINK;
            case Entry.FIFO -> EntryType.FIFO;
            case Entry.SOCKET -> EntryType.SOCKET;
            case Entry.CHARACTER_DEVICE -> EntryType.CHARACTER_DEVICE;
            case Entry.BLOCK_DEVICE -> EntryType.BLOCK_DEVICE;
            default -> throw new IllegalArgumentException("entry of type " + entry.type());
        };
    }
}
