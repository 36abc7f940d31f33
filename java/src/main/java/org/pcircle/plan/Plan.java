package org.pcircle.plan;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pcircle.digest.Algorithm;
import org.pcircle.digest.Leaf;
import org.pcircle.fs.Entry;
import org.pcircle.fs.ExistingPolicy;
import org.pcircle.fs.IoMethod;
import org.pcircle.fs.Layout;
import org.pcircle.fs.PreservedAttribute;
import org.pcircle.fs.Sparse;
import org.pcircle.fs.TreePath;
import org.pcircle.wire.MalformedMessageException;
import org.pcircle.wire.Wire;

/**
 * Everything a rank must know to take part in a run.
 *
 * @param id name of the run, unique in its destination; part of temporary names
 * @param stateName name of the directory that holds the run's files
 * @param task what is done with the roots
 * @param roots sources with their targets
 * @param method how data is moved
 * @param sparse how holes are copied
 * @param preserve which attributes to preserve
 * @param existing policy for existing targets
 * @param delete whether extraneous entries of the target are deleted; when discarding: whether the run may have
 *     temporary files
 * @param filter include and exclude rules
 * @param oneFileSystem whether directories on other file systems than the root's are created but not entered
 * @param signature algorithm of the signature; null: no signature
 * @param metadata whether the signature covers modes, owners and times, too
 * @param detail level of detail of the manifest
 * @param assurance verification and flushing
 * @param checkpoints interval and place of checkpoints, and the one to resume from
 * @param dryRun whether the run only prints what it would do
 * @param chunkBytes what a worker copies of a large file at a time; 0: adapted to its size and the number of workers
 * @param workers of all ranks together, about
 * @param reduceIntervalMs milliseconds between two reports of counters
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
        ExistingPolicy existing,
        boolean delete,
        Filter filter,
        boolean oneFileSystem,
        @Nullable Algorithm signature,
        boolean metadata,
        ManifestDetail detail,
        IntegrityOptions assurance,
        Checkpoints checkpoints,
        boolean dryRun,
        long chunkBytes,
        int workers,
        int reduceIntervalMs,
        long seed) {

    private static final int VERSION = 2;

    private static final long CHUNK_BYTES_MIN = 16 << 20;
    private static final long CHUNK_BYTES_MAX = 256 << 20;
    private static final int CHUNKS_PER_WORKER = 8;

    /** A plan that only reads the roots, for their signature. */
    public static Plan sum(
            String id,
            List<Root> roots,
            Filter filter,
            boolean oneFileSystem,
            Algorithm signature,
            boolean metadata,
            ManifestDetail detail,
            Checkpoints checkpoints,
            long chunkBytes,
            int workers,
            int reduceIntervalMs,
            long seed) {
        return new Plan(
                id,
                RunNames.unusualState(id),
                Task.SUM,
                roots,
                IoMethod.AUTO,
                Sparse.AUTO,
                new Preserve(
                        EnumSet.noneOf(PreservedAttribute.class),
                        EnumSet.noneOf(PreservedAttribute.class),
                        Layout.INHERIT,
                        0),
                ExistingPolicy.REFUSE,
                false,
                filter,
                oneFileSystem,
                signature,
                metadata,
                detail,
                IntegrityOptions.NONE,
                checkpoints,
                false,
                chunkBytes,
                workers,
                reduceIntervalMs,
                seed);
    }

    /**
     * A plan that deletes the files of a stopped run.
     *
     * @param root destination of the stopped run
     * @param grows whether the run may have temporary files
     * @param directory holds the run's directory; empty: the destination
     */
    public static Plan discard(
            String id,
            String stateName,
            Root root,
            boolean grows,
            byte[] directory,
            boolean dryRun,
            int workers,
            int reduceIntervalMs,
            long seed) {
        return new Plan(
                id,
                stateName,
                Task.DISCARD,
                List.of(root),
                IoMethod.AUTO,
                Sparse.AUTO,
                new Preserve(
                        EnumSet.noneOf(PreservedAttribute.class),
                        EnumSet.noneOf(PreservedAttribute.class),
                        Layout.INHERIT,
                        0),
                ExistingPolicy.REFUSE,
                grows,
                Filter.NONE,
                false,
                null,
                false,
                ManifestDetail.NONE,
                IntegrityOptions.NONE,
                new Checkpoints(0, directory, null),
                dryRun,
                0,
                workers,
                reduceIntervalMs,
                seed);
    }

    /** This plan for a resumed run: entries that an earlier attempt created may be replaced. */
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
                existing == ExistingPolicy.REFUSE ? ExistingPolicy.REPLACE : existing,
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

    /** Whether the run is resumed, so that an earlier attempt may have done part of it. */
    public boolean isResumed() {
        return checkpoints.resumption() != null;
    }

    /** Whether there is one source, a directory, so that DEST is its copy. */
    public boolean isOneDirectory() {
        return roots.size() == 1 && Entry.of(roots.get(0).record()).isDirectory();
    }

    /** Prefix of the names of temporary files. */
    public String temporaryPrefix() {
        return RunNames.partialPrefix(id);
    }

    /** Whether an entry of a root's tree is excluded; names are as seen from DEST. */
    public boolean excludes(int root, TreePath path, boolean isDirectory) {
        if (filter.isEmpty()) {
            return false;
        }
        TreePath seen =
                isOneDirectory() ? path : path.below(roots.get(root).target().name());
        return filter.excludes(seen.bytes(), isDirectory);
    }

    /** Whether a directory holds the run's own files. */
    public boolean isOwn(byte[] name) {
        return task == Task.SUM && Arrays.equals(name, stateName.getBytes(StandardCharsets.UTF_8));
    }

    /** Whether a root is excluded; the top of a single tree never is. */
    public boolean excludesRoot(int root) {
        boolean isDirectory = Entry.of(roots.get(root).record()).isDirectory();
        return !isOneDirectory() && excludes(root, TreePath.TOP, isDirectory);
    }

    /** The plan as the bytes of a {@link org.pcircle.circle.Message.Start}. */
    public byte[] encode() {
        ByteBuffer target = ByteBuffer.allocate(encodedBytes());
        target.putInt(VERSION);
        Wire.writeText(id, target);
        Wire.writeText(stateName, target);
        Wire.writeConstant(task, target);
        Wire.writeConstant(method, target);
        Wire.writeConstant(sparse, target);
        preserve.write(target);
        Wire.writeConstant(existing, target);
        Wire.writeFlag(delete, target);
        filter.write(target);
        Wire.writeFlag(oneFileSystem, target);
        Wire.writeConstantOrNone(signature, target);
        Wire.writeFlag(metadata, target);
        Wire.writeConstant(detail, target);
        assurance.write(target);
        checkpoints.write(target);
        Wire.writeFlag(dryRun, target);
        target.putLong(chunkBytes).putInt(workers).putInt(reduceIntervalMs).putLong(seed);
        target.putInt(roots.size());
        for (Root root : roots) {
            for (byte[] part : parts(root)) {
                Wire.writeBytes(part, target);
            }
            target.putInt(root.mounts().size());
            for (Mounted mounted : root.mounts()) {
                mounted.path().write(target);
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
            String id = Wire.readText(source);
            String stateName = Wire.readText(source);
            Task task = Wire.readConstant(Task.values(), source);
            IoMethod method = Wire.readConstant(IoMethod.values(), source);
            Sparse sparse = Wire.readConstant(Sparse.values(), source);
            Preserve preserve = Preserve.read(source);
            ExistingPolicy existing = Wire.readConstant(ExistingPolicy.values(), source);
            boolean delete = Wire.readFlag(source);
            Filter filter = Filter.read(source);
            boolean oneFileSystem = Wire.readFlag(source);
            Algorithm signature = Wire.readConstantOrNone(Algorithm.values(), source);
            boolean metadata = Wire.readFlag(source);
            ManifestDetail detail = Wire.readConstant(ManifestDetail.values(), source);
            IntegrityOptions assurance = IntegrityOptions.read(source);
            Checkpoints checkpoints = Checkpoints.read(source);
            boolean dryRun = Wire.readFlag(source);
            long chunkBytes = source.getLong();
            int workers = source.getInt();
            int reduceIntervalMs = source.getInt();
            long seed = source.getLong();
            int count = Wire.readCount(source, 6 * Integer.BYTES);
            List<Root> roots = new ArrayList<>(count);
            for (int i = 0; i < count; i++) {
                Place from = readPlace(source);
                Place to = readPlace(source);
                byte[] record = Wire.readBytes(source);
                LeftRuns left = LeftRuns.decode(Wire.readBytes(source));
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
                    reduceIntervalMs,
                    seed);
        } catch (BufferUnderflowException e) {
            throw new MalformedMessageException("plan cut short");
        }
    }

    private static Place readPlace(ByteBuffer source) {
        Place place = new Place(Wire.readBytes(source), Wire.readBytes(source));
        if (place.base().length == 0) {
            throw new MalformedMessageException("a place nowhere");
        }
        return place;
    }

    /** The path of an entry in the signature: with a single root, the root's own name is not part of it. */
    public byte[] signedPath(int root, TreePath path) {
        return roots.size() == 1
                ? path.bytes()
                : path.below(roots.get(root).target().name()).bytes();
    }

    /** Whether data is hashed while it is copied, for the signature or for verification. */
    public boolean isDigested() {
        return signature != null || assurance.verifies();
    }

    /** Whether a file is copied in ranges and not in a batch; a file that is hashed in a batch has at most one leaf. */
    public boolean isLarge(long fileBytes) {
        return !dryRun && fileBytes > (isDigested() ? Leaf.BYTES : chunkBytes(fileBytes));
    }

    /**
     * Bytes that a worker copies at a time of a file of this length; a multiple of the leaf where leaves are hashed.
     */
    public long chunkBytes(long fileBytes) {
        if (chunkBytes > 0) {
            return isDigested() ? Leaf.ceiling(chunkBytes) : chunkBytes;
        }
        long share = fileBytes / Math.max(1, workers * CHUNKS_PER_WORKER);
        long bounded = Math.max(CHUNK_BYTES_MIN, Math.min(CHUNK_BYTES_MAX, share));
        return bounded / CHUNK_BYTES_MIN * CHUNK_BYTES_MIN;
    }

    private int encodedBytes() {
        int bytes = 4 * Integer.BYTES
                + 2 * Long.BYTES
                + 10
                + Preserve.ENCODED_BYTES
                + checkpoints.encodedBytes()
                + IntegrityOptions.ENCODED_BYTES
                + Wire.encodedBytes(id)
                + Wire.encodedBytes(stateName)
                + filter.encodedBytes();
        for (Root root : roots) {
            for (byte[] part : parts(root)) {
                bytes += Wire.encodedBytes(part);
            }
            bytes += Integer.BYTES;
            for (Mounted mounted : root.mounts()) {
                bytes += mounted.path().encodedBytes() + Long.BYTES;
            }
        }
        return bytes;
    }

    private static List<Mounted> readMounts(ByteBuffer source) {
        int count = Wire.readCount(source, Integer.BYTES + Long.BYTES);
        List<Mounted> mounts = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            mounts.add(new Mounted(TreePath.read(source), source.getLong()));
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
