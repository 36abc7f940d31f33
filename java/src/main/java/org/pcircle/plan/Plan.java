package org.pcircle.plan;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pcircle.circle.MalformedMessageException;
import org.pcircle.circle.MessageCodec;
import org.pcircle.digest.Algorithm;
import org.pcircle.digest.Leaf;
import org.pcircle.fs.Entry;
import org.pcircle.fs.Existing;
import org.pcircle.fs.IoMethod;
import org.pcircle.fs.Kept;
import org.pcircle.fs.Layout;
import org.pcircle.fs.Sparse;
import org.pcircle.fs.TreePath;

/**
 * All that a rank must know to take part in a run.
 *
 * @param id name of the run, unique in its destination; part of temporary names
 * @param stateName what the directory is called in which the run keeps its own files
 * @param task what is done with the roots
 * @param roots what becomes what
 * @param method how data is moved
 * @param sparse what becomes of holes
 * @param preserve what to keep beside the data
 * @param existing what becomes of entries that are in the way
 * @param delete whether what the source lacks is taken away; of a run that is discarded, whether it may have files that grow
 * @param filter what is left out
 * @param oneFileSystem whether directories on other file systems than their root's are made, but not gone into
 * @param signature what the data is digested with on its way; null: not at all
 * @param metadata whether the signature covers modes, owners and times, too
 * @param detail what is said of each entry besides
 * @param assurance whether what is written is verified, and flushed
 * @param checkpoints how it can be gone on with
 * @param dryRun whether nothing is touched and only said what would be done
 * @param chunkBytes what a worker copies of a large file at a time; 0: adapted to its size and the number of workers
 * @param workers of all ranks together, about
 * @param tallyIntervalMs milliseconds between two reports of counters
 * @param seed of every random choice
 */
public record Plan(
        String id,
        String stateName,
        Task task,
        List<Root> roots,
        IoMethod method,
        Sparse sparse,
        Preserve preserve,
        Existing existing,
        boolean delete,
        Filter filter,
        boolean oneFileSystem,
        @Nullable Algorithm signature,
        boolean metadata,
        Detail detail,
        Assurance assurance,
        Checkpoints checkpoints,
        boolean dryRun,
        long chunkBytes,
        int workers,
        int tallyIntervalMs,
        long seed) {

    private static final int VERSION = 2;
    private static final byte NO_SIGNATURE = -1;

    private static final long CHUNK_BYTES_MIN = 16 << 20;
    private static final long CHUNK_BYTES_MAX = 256 << 20;
    private static final int CHUNKS_PER_WORKER = 8;

    /** Nothing is copied: the roots are read, for their signature. */
    public static Plan sum(
            String id,
            List<Root> roots,
            Filter filter,
            boolean oneFileSystem,
            Algorithm signature,
            boolean metadata,
            Detail detail,
            Checkpoints checkpoints,
            long chunkBytes,
            int workers,
            int tallyIntervalMs,
            long seed) {
        return new Plan(
                id,
                RunNames.unusualState(id),
                Task.SUM,
                roots,
                IoMethod.AUTO,
                Sparse.AUTO,
                new Preserve(EnumSet.noneOf(Kept.class), EnumSet.noneOf(Kept.class), Layout.INHERIT, 0),
                Existing.REFUSE,
                false,
                filter,
                oneFileSystem,
                signature,
                metadata,
                detail,
                Assurance.NONE,
                checkpoints,
                false,
                chunkBytes,
                workers,
                tallyIntervalMs,
                seed);
    }

    /**
     * Nothing is copied: what a dead run has left is deleted.
     *
     * @param root the destination it had
     * @param grows whether it may have files that grow
     * @param directory that holds the run's own; empty: it is in the destination
     */
    public static Plan discard(
            String id,
            String stateName,
            Root root,
            boolean grows,
            byte[] directory,
            boolean dryRun,
            int workers,
            int tallyIntervalMs,
            long seed) {
        return new Plan(
                id,
                stateName,
                Task.DISCARD,
                List.of(root),
                IoMethod.AUTO,
                Sparse.AUTO,
                new Preserve(EnumSet.noneOf(Kept.class), EnumSet.noneOf(Kept.class), Layout.INHERIT, 0),
                Existing.REFUSE,
                grows,
                Filter.NONE,
                false,
                null,
                false,
                Detail.NONE,
                Assurance.NONE,
                new Checkpoints(0, directory, null),
                dryRun,
                0,
                workers,
                tallyIntervalMs,
                seed);
    }

    /** This plan, gone on with: what an earlier part of the run has made may be replaced. */
    public Plan resumed(
            List<Root> where,
            byte[] checkpointDirectory,
            Checkpoints.Resumption resumption,
            int allWorkers,
            int reduceIntervalMs) {
        return new Plan(
                id,
                stateName,
                task,
                where,
                method,
                sparse,
                preserve,
                existing == Existing.REFUSE ? Existing.REPLACE : existing,
                delete,
                filter,
                oneFileSystem,
                signature,
                metadata,
                detail,
                assurance,
                new Checkpoints(checkpoints.intervalMs(), checkpointDirectory, resumption),
                dryRun,
                chunkBytes,
                allWorkers,
                reduceIntervalMs,
                seed);
    }

    /** Whether an earlier part of this run may have done some of it. */
    public boolean isResumed() {
        return checkpoints.resumption() != null;
    }

    /** Whether there is one source, a directory, so that DEST is its copy. */
    public boolean isOneDirectory() {
        return roots.size() == 1 && Entry.of(roots.get(0).record()).isDirectory();
    }

    /** With which the names begin under which entries grow until they take their final ones. */
    public String temporaryPrefix() {
        return RunNames.partialPrefix(id);
    }

    /** Whether an entry of a root's tree is left out; names are as seen from DEST. */
    public boolean excludes(int root, TreePath path, boolean isDirectory) {
        if (filter.isEmpty()) {
            return false;
        }
        TreePath seen =
                isOneDirectory() ? path : path.below(roots.get(root).target().name());
        return filter.excludes(seen.bytes(), isDirectory);
    }

    /** Whether a directory is where the run itself keeps what it writes down, beside what it reads. */
    public boolean isOwn(byte[] name) {
        return task == Task.SUM && Arrays.equals(name, stateName.getBytes(StandardCharsets.UTF_8));
    }

    /** Whether a root is left out; the top of a single tree never is. */
    public boolean excludesRoot(int root) {
        boolean isDirectory = Entry.of(roots.get(root).record()).isDirectory();
        return !isOneDirectory() && excludes(root, TreePath.TOP, isDirectory);
    }

    /** The plan as the bytes of a {@link org.pcircle.circle.Message.Start}. */
    public byte[] encode() {
        ByteBuffer target = ByteBuffer.allocate(encodedBytes());
        target.putInt(VERSION);
        MessageCodec.writeBytes(id.getBytes(StandardCharsets.UTF_8), target);
        MessageCodec.writeBytes(stateName.getBytes(StandardCharsets.UTF_8), target);
        target.put((byte) task.ordinal()).put((byte) method.ordinal()).put((byte) sparse.ordinal());
        preserve.write(target);
        target.put((byte) existing.ordinal()).put((byte) (delete ? 1 : 0));
        filter.write(target);
        target.put((byte) (oneFileSystem ? 1 : 0));
        target.put((byte) (signature == null ? NO_SIGNATURE : signature.ordinal()));
        target.put((byte) (metadata ? 1 : 0)).put((byte) detail.ordinal());
        assurance.write(target);
        checkpoints.write(target);
        target.put((byte) (dryRun ? 1 : 0));
        target.putLong(chunkBytes).putInt(workers).putInt(tallyIntervalMs).putLong(seed);
        target.putInt(roots.size());
        for (Root root : roots) {
            for (byte[] part : parts(root)) {
                MessageCodec.writeBytes(part, target);
            }
            target.putInt(root.mounts().size());
            for (Mounted mounted : root.mounts()) {
                MessageCodec.writeBytes(mounted.path().bytes(), target);
                target.putLong(mounted.inode());
            }
        }
        return target.array();
    }

    /**
     * The plan that a rank was sent.
     *
     * @throws MalformedMessageException if the bytes are no plan of this version
     */
    public static Plan decode(byte[] encoded) {
        ByteBuffer source = ByteBuffer.wrap(encoded);
        try {
            int version = source.getInt();
            if (version != VERSION) {
                throw new MalformedMessageException("plan of version " + version);
            }
            String id = new String(MessageCodec.readBytes(source), StandardCharsets.UTF_8);
            String stateName = new String(MessageCodec.readBytes(source), StandardCharsets.UTF_8);
            Task task = Task.values()[source.get()];
            IoMethod method = IoMethod.values()[source.get()];
            Sparse sparse = Sparse.values()[source.get()];
            Preserve preserve = Preserve.read(source);
            Existing existing = Existing.values()[source.get()];
            boolean delete = source.get() != 0;
            Filter filter = Filter.read(source);
            boolean oneFileSystem = source.get() != 0;
            byte algorithm = source.get();
            Algorithm signature = algorithm == NO_SIGNATURE ? null : Algorithm.values()[algorithm];
            boolean metadata = source.get() != 0;
            Detail detail = Detail.values()[source.get()];
            Assurance assurance = Assurance.read(source);
            Checkpoints checkpoints = Checkpoints.read(source);
            boolean dryRun = source.get() != 0;
            long chunkBytes = source.getLong();
            int workers = source.getInt();
            int tallyIntervalMs = source.getInt();
            long seed = source.getLong();
            int count = MessageCodec.readCount(source, 6 * Integer.BYTES);
            List<Root> roots = new ArrayList<>(count);
            for (int i = 0; i < count; i++) {
                Place from = readPlace(source);
                Place to = readPlace(source);
                byte[] record = MessageCodec.readBytes(source);
                LeftRuns left = LeftRuns.decode(MessageCodec.readBytes(source));
                roots.add(new Root(from, to, record, left, readMounts(source)));
            }
            if (roots.isEmpty()) {
                throw new MalformedMessageException("plan without roots");
            }
            if (source.hasRemaining()) {
                throw new MalformedMessageException(source.remaining() + " bytes too many in the plan");
            }
            return new Plan(
                    id,
                    stateName,
                    task,
                    List.copyOf(roots),
                    method,
                    sparse,
                    preserve,
                    existing,
                    delete,
                    filter,
                    oneFileSystem,
                    signature,
                    metadata,
                    detail,
                    assurance,
                    checkpoints,
                    dryRun,
                    chunkBytes,
                    workers,
                    tallyIntervalMs,
                    seed);
        } catch (BufferUnderflowException | IndexOutOfBoundsException e) {
            throw new MalformedMessageException("plan cut short");
        }
    }

    private static Place readPlace(ByteBuffer source) {
        Place place = new Place(MessageCodec.readBytes(source), MessageCodec.readBytes(source));
        if (place.base().length == 0) {
            throw new MalformedMessageException("a place nowhere");
        }
        return place;
    }

    /** Where an entry of a root's tree stands in the signature: one root's own name does not count. */
    public byte[] signedPath(int root, TreePath path) {
        return roots.size() == 1
                ? path.bytes()
                : path.below(roots.get(root).target().name()).bytes();
    }

    /** Whether data is digested on its way: to be signed, or to be compared with what is read back. */
    public boolean isDigested() {
        return signature != null || assurance.verifies();
    }

    /** Whether a file is copied by itself, in ranges, and not in a batch; what is digested in a batch has one leaf at most. */
    public boolean isLarge(long fileBytes) {
        return !dryRun && fileBytes > (isDigested() ? Leaf.BYTES : chunkBytes(fileBytes));
    }

    /** What a worker copies at a time of a file of this length, in bytes; whole leaves where they are digested. */
    public long chunkBytes(long fileBytes) {
        if (chunkBytes > 0) {
            return isDigested() ? Leaf.ceiling(chunkBytes) : chunkBytes;
        }
        long share = fileBytes / Math.max(1, workers * CHUNKS_PER_WORKER);
        long bounded = Math.max(CHUNK_BYTES_MIN, Math.min(CHUNK_BYTES_MAX, share));
        return bounded / CHUNK_BYTES_MIN * CHUNK_BYTES_MIN;
    }

    private int encodedBytes() {
        int bytes = 6 * Integer.BYTES
                + 2 * Long.BYTES
                + 10
                + Preserve.ENCODED_BYTES
                + checkpoints.encodedBytes()
                + Assurance.ENCODED_BYTES
                + id.getBytes(StandardCharsets.UTF_8).length;
        bytes += stateName.getBytes(StandardCharsets.UTF_8).length + filter.encodedBytes();
        for (Root root : roots) {
            for (byte[] part : parts(root)) {
                bytes += Integer.BYTES + part.length;
            }
            bytes += Integer.BYTES;
            for (Mounted mounted : root.mounts()) {
                bytes += Integer.BYTES + mounted.path().bytes().length + Long.BYTES;
            }
        }
        return bytes;
    }

    private static List<Mounted> readMounts(ByteBuffer source) {
        int count = MessageCodec.readCount(source, Integer.BYTES + Long.BYTES);
        List<Mounted> mounts = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            mounts.add(new Mounted(new TreePath(MessageCodec.readBytes(source)), source.getLong()));
        }
        return List.copyOf(mounts);
    }

    private static List<byte[]> parts(Root root) {
        return List.of(
                root.source().base(),
                root.source().name(),
                root.target().base(),
                root.target().name(),
                root.record(),
                root.left().encode());
    }
}
