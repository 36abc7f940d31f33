package org.pcircle.work;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import org.pcircle.circle.MessageCodec;
import org.pcircle.fs.Directory;
import org.pcircle.fs.Entry;
import org.pcircle.fs.Errno;
import org.pcircle.fs.FileException;
import org.pcircle.fs.Operation;
import org.pcircle.fs.TreePath;
import org.pcircle.plan.Root;
import org.pcircle.report.Counter;
import org.pcircle.report.Fault;

/**
 * Entries of one directory that are no directories and need no splitting, copied by one native call.
 *
 * @param directory of the entries; null if the entry is the top of its tree
 * @param records entry records, one after the other
 * @param count how many
 * @param dataBytes bytes of file data in all of them
 */
record CopyBatch(int root, @Nullable TreePath directory, byte[] records, int count, long dataBytes)
        implements WorkItem {

    static final int ENTRIES_MAX = 128;
    static final int BYTES_MAX = 64 * 1024;
    static final long DATA_BYTES_MAX = 16 << 20;

    @Override
    public void run(Workbench bench, Result result) {
        ByteBuffer direct = bench.direct(records);
        Roots roots = bench.roots();
        byte @Nullable [] targetName =
                directory == null ? roots.root(root).target().name() : null;
        try (Directory source = roots.openSource(root, directory)) {
            try (Directory target = roots.openTarget(root, directory)) {
                copy(source, target, direct, targetName, bench, result);
            } catch (FileException e) {
                failAll(bench, roots.showTarget(root, orTop()), e, result);
                return;
            }
        } catch (FileException e) {
            failAll(bench, roots.showSource(root, orTop()), e, result);
            return;
        }
        result.count(Counter.BYTES, bench.context().takeBytes());
        takeOutcomes(bench, direct, result);
    }

    private void copy(
            Directory source,
            Directory target,
            ByteBuffer direct,
            byte @Nullable [] targetName,
            Workbench bench,
            Result result)
            throws FileException {
        Signing signing = bench.signing();
        for (int at = 0; at < records.length; ) {
            int done = source.copyEntries(
                    target, direct, at, records.length - at, targetName, bench.context(), bench.io());
            if (signing != null) {
                signing.addEntries(root, this::pathOf, direct, at, at + done, bench.io(), result);
            }
            at += done;
        }
    }

    private TreePath pathOf(Entry entry) {
        return directory == null ? TreePath.TOP : directory.child(entry.name());
    }

    private TreePath orTop() {
        return directory == null ? TreePath.TOP : directory;
    }

    /** The directory itself cannot be opened any more: each entry is a fault of its own, named by its own path. */
    private void failAll(Workbench bench, byte[] shownDirectory, FileException e, Result result) {
        Entry entry = new Entry();
        for (int at = 0; at < records.length; at += entry.recordBytes()) {
            entry.wrap(bench.direct(records), at);
            byte[] shown = directory == null ? shownDirectory : TreePath.join(shownDirectory, entry.name());
            result.fault(Fault.of(shown, e));
        }
    }

    private void takeOutcomes(Workbench bench, ByteBuffer direct, Result result) {
        Entry entry = new Entry();
        ByteArrayOutputStream back = new ByteArrayOutputStream();
        int backCount = 0;
        long backData = 0;
        for (int at = 0; at < records.length; at += entry.recordBytes()) {
            entry.wrap(direct, at);
            Operation operation = entry.operation();
            if (operation == Operation.NONE) {
                result.count(counterOf(entry.type()), 1);
                continue;
            }
            boolean full = operation != Operation.NOT_DONE && Errno.isFull(entry.error());
            if (full) {
                result.full(fault(bench.roots(), entry));
            }
            if (full || operation == Operation.NOT_DONE) {
                entry.clearOutcome();
                if (bench.plan().isLarge(entry.dataBytes())) { // it has grown
                    result.spawned.add(new OpenLargeFile(root, directory, entry.copy(), true));
                    continue;
                }
                back.writeBytes(entry.copy());
                backCount++;
                backData += entry.dataBytes();
                continue;
            }
            if (operation == Operation.UP_TO_DATE) {
                result.count(Counter.UP_TO_DATE, 1);
                continue;
            }
            if (bench.plan().delete() && operation == Operation.CREATE && entry.error() == Errno.EISDIR.number()) {
                entry.clearOutcome();
                result.blocked.add(new LinkedName(root, directory, entry.copy()));
                continue;
            }
            result.fault(fault(bench.roots(), entry));
            if (operation.leavesTarget()) {
                result.count(counterOf(entry.type()), 1);
            }
        }
        if (backCount > 0) {
            result.spawned.add(new CopyBatch(root, directory, back.toByteArray(), backCount, backData));
        }
    }

    private Fault fault(Roots roots, Entry entry) {
        TreePath path = pathOf(entry);
        boolean onTarget = entry.operation().onTarget();
        byte[] shown = onTarget ? roots.showTarget(root, path) : roots.showSource(root, path);
        return new Fault(shown, entry.operation(), entry.error());
    }

    /** What counts entries of a type. */
    static Counter counterOf(int type) {
        return switch (type) {
            case Entry.DIRECTORY -> Counter.DIRECTORIES;
            case Entry.REGULAR -> Counter.FILES;
            case Entry.SYMLINK -> Counter.SYMLINKS;
            default -> Counter.SPECIALS;
        };
    }

    /** The top of a tree that is no directory, as the first item of its root. */
    static CopyBatch ofTop(int index, Root root) {
        Entry entry = Entry.of(root.record());
        return new CopyBatch(index, null, root.record(), 1, entry.dataBytes());
    }

    @Override
    public long entries() {
        return count;
    }

    @Override
    public int encodedBytes() {
        int directoryBytes = directory == null ? 0 : Integer.BYTES + directory.bytes().length;
        return 2 + directoryBytes + 3 * Integer.BYTES + Long.BYTES + records.length;
    }

    @Override
    public void write(ByteBuffer target) {
        target.put(WorkCodec.COPY_BATCH).putInt(root);
        WorkCodec.writeDirectory(directory, target);
        target.putInt(count).putLong(dataBytes);
        MessageCodec.writeBytes(records, target);
    }

    static CopyBatch read(ByteBuffer source) {
        int root = source.getInt();
        TreePath directory = WorkCodec.readDirectory(source);
        int count = source.getInt();
        long dataBytes = source.getLong();
        return new CopyBatch(root, directory, MessageCodec.readBytes(source), count, dataBytes);
    }
}
