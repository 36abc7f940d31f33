package org.pcircle.work;

import java.nio.ByteBuffer;
import java.util.function.Function;
import org.pcircle.digest.DatasetSum;
import org.pcircle.digest.EntryType;
import org.pcircle.digest.FileSum;
import org.pcircle.digest.Hasher;
import org.pcircle.digest.Leaf;
import org.pcircle.fs.Directory;
import org.pcircle.fs.Entry;
import org.pcircle.fs.FileException;
import org.pcircle.fs.OpenFile;
import org.pcircle.fs.Operation;
import org.pcircle.fs.TreePath;
import org.pcircle.plan.Plan;

/**
 * How one worker digests what it copies or only reads, from the buffer that it was read into. An entry becomes part of the signature in
 * the result of the item that completes it, and only if that went well.
 */
final class Signing {

    /** What {@link org.pcircle.fs.Directory#copyEntries} aligns to. */
    private static final int ALIGNMENT = 8;

    private final Plan plan;
    private final Hasher hasher;

    Signing(Plan plan, Hasher hasher) {
        this.plan = plan;
        this.hasher = hasher;
    }

    /** For the leaves of a range. */
    FileSum newSum() {
        return new FileSum(hasher.algorithm());
    }

    /**
     * Adds a leaf.
     *
     * @param got how much of it the source had; the target has zeros for the rest
     */
    void addLeaf(FileSum sum, long offset, ByteBuffer io, int got, int bytes) {
        if (got < bytes) {
            io.put(got, new byte[bytes - got]);
        }
        sum.addLeaf(Leaf.index(offset), io, 0, bytes, hasher);
    }

    /** Adds whole leaves of zeros. */
    void addZeros(FileSum sum, long from, long to) {
        for (long offset = from; offset < to; offset += Leaf.BYTES) {
            sum.addZeros(Leaf.index(offset), Leaf.BYTES, hasher);
        }
    }

    void addDirectory(int root, TreePath path, Result result) {
        sumOf(result).addEmpty(EntryType.DIRECTORY, plan.signedPath(root, path), hasher);
    }

    /** Adds a large file whose leaves have all been summed up. */
    void addFile(LargeFile file, FileSum sum, Result result) {
        byte[] digest = sum.digest(file.bytes(), hasher);
        sumOf(result).add(EntryType.REGULAR, plan.signedPath(file.root(), file.path()), digest, file.bytes(), hasher);
    }

    /** Adds a large file of the target that was left alone, by reading all of it. */
    void addFile(LargeFile file, Directory target, byte[] targetName, ByteBuffer io, Result result)
            throws FileException {
        byte[] digest = digest(file.bytes(), target, targetName, io);
        sumOf(result).add(EntryType.REGULAR, plan.signedPath(file.root(), file.path()), digest, file.bytes(), hasher);
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
     * Adds the entries of a batch that went well.
     *
     * @param records with their outcomes, between {@code from} and {@code to}
     * @param io what they hold, as {@link org.pcircle.fs.Directory#copyEntries} leaves it
     */
    void addEntries(
            int root,
            Function<Entry, TreePath> pathOf,
            ByteBuffer records,
            int from,
            int to,
            ByteBuffer io,
            Result result) {
        DatasetSum sum = sumOf(result);
        Entry entry = new Entry();
        int held = 0;
        for (int at = from; at < to; at += entry.recordBytes()) {
            entry.wrap(records, at);
            if (entry.operation() != Operation.NONE && entry.operation() != Operation.UP_TO_DATE) {
                continue;
            }
            byte[] path = plan.signedPath(root, pathOf.apply(entry));
            int bytes = (int) entry.contentBytes();
            add(sum, path, entry, io, held, bytes);
            held += (bytes + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
        }
    }

    /** Adds a name of an entry that has others, by reading what it holds in the target. */
    void addName(LinkedName name, Directory target, byte[] targetName, Workbench bench, Result result)
            throws FileException {
        Entry entry = Entry.of(name.record());
        byte[] path = plan.signedPath(name.root(), name.path());
        if (entry.dataBytes() > Leaf.BYTES) {
            byte[] digest = digest(entry.dataBytes(), target, targetName, bench.io());
            sumOf(result).add(EntryType.REGULAR, path, digest, entry.dataBytes(), hasher);
            return;
        }
        int bytes = target.readContent(targetName, bench.direct(name.record()), bench.context(), bench.io());
        add(sumOf(result), path, entry, bench.io(), 0, bytes);
    }

    /** Adds an entry whose content is in memory. */
    private void add(DatasetSum sum, byte[] path, Entry entry, ByteBuffer io, int at, int bytes) {
        EntryType type = typeOf(entry);
        switch (type) {
            case REGULAR, SYMLINK ->
                sum.add(type, path, FileSum.digest(io, at, bytes, hasher), entry.dataBytes(), hasher);
            case CHARACTER_DEVICE, BLOCK_DEVICE ->
                sum.addDevice(type, path, entry.specialMajor(), entry.specialMinor(), hasher);
            case DIRECTORY, FIFO, SOCKET -> sum.addEmpty(type, path, hasher);
        }
    }

    private DatasetSum sumOf(Result result) {
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
