package org.pcircle.plan;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.pcircle.digest.Algorithm;
import org.pcircle.fs.IoMethod;
import org.pcircle.fs.Sparse;
import org.pcircle.fs.TreePath;
import org.pcircle.wire.MalformedMessageException;
import org.pcircle.wire.Wire;

/** Plans as bytes: a message at the start of a run, and a part of its checkpoints. */
final class PlanCodec {

    private static final int VERSION = 3;

    private PlanCodec() {}

    static byte[] encode(Plan plan) {
        TaskFields task = plan.task().fields();
        ByteBuffer target = ByteBuffer.allocate(encodedBytes(plan));
        target.putInt(VERSION);
        Wire.writeText(plan.id(), target);
        Wire.writeText(plan.stateName(), target);
        target.put(task.tag);
        Wire.writeConstant(task.method, target);
        Wire.writeConstant(task.sparse, target);
        task.preserve.write(target);
        task.existing.write(target);
        Wire.writeFlag(task.delete, target);
        target.putLong(task.deleteMax);
        plan.selection().filter().write(target);
        Wire.writeFlag(plan.selection().oneFileSystem(), target);
        Wire.writeConstantOrNone(task.signature, target);
        Wire.writeFlag(task.metadata, target);
        Wire.writeConstant(task.detail, target);
        task.integrity.write(target);
        plan.options().checkpoints().write(target);
        Wire.writeFlag(task.dryRun, target);
        plan.options().writeSizes(target);
        target.putInt(plan.roots().size());
        for (Root root : plan.roots()) {
            write(root, target);
        }
        return target.array();
    }

    /**
     * The plan of these bytes.
     *
     * @throws MalformedMessageException if the bytes are no plan of this version
     */
    static Plan decode(byte[] encoded) {
        ByteBuffer source = ByteBuffer.wrap(encoded);
        try {
            int version = source.getInt();
            if (version != VERSION) {
                throw new MalformedMessageException("plan of version " + version);
            }
            Plan plan = read(source);
            if (source.hasRemaining()) {
                throw new MalformedMessageException(source.remaining() + " bytes too many in the plan");
            }
            return plan;
        } catch (BufferUnderflowException e) {
            throw new MalformedMessageException("plan cut short");
        }
    }

    private static Plan read(ByteBuffer source) {
        String id = Wire.readText(source);
        String stateName = Wire.readText(source);
        TaskFields task = new TaskFields(source.get());
        task.method = Wire.readConstant(IoMethod.values(), source);
        task.sparse = Wire.readConstant(Sparse.values(), source);
        task.preserve = Preserve.read(source);
        task.existing = ExistingTargets.read(source);
        task.delete = Wire.readFlag(source);
        task.deleteMax = source.getLong();
        Selection selection = new Selection(Filter.read(source), Wire.readFlag(source));
        task.signature = Wire.readConstantOrNone(Algorithm.values(), source);
        task.metadata = Wire.readFlag(source);
        task.detail = Wire.readConstant(ManifestDetail.values(), source);
        task.integrity = IntegrityOptions.read(source);
        CheckpointOptions checkpoints = CheckpointOptions.read(source);
        task.dryRun = Wire.readFlag(source);
        RunOptions options = RunOptions.readSizes(checkpoints, source);
        return new Plan(id, stateName, readRoots(source), selection, TaskPlan.of(task), options);
    }

    private static List<Root> readRoots(ByteBuffer source) {
        int count = Wire.readCount(source, 6 * Integer.BYTES);
        if (count == 0) {
            throw new MalformedMessageException("plan without roots");
        }
        List<Root> roots = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            Place from = readPlace(source);
            Place to = readPlace(source);
            byte[] record = Wire.readBytes(source);
            LeftRuns left = LeftRuns.decode(Wire.readBytes(source));
            roots.add(new Root(from, to, record, left, readMounts(source)));
        }
        return List.copyOf(roots);
    }

    private static Place readPlace(ByteBuffer source) {
        Place place = new Place(Wire.readBytes(source), Wire.readBytes(source));
        if (place.base().length == 0) {
            throw new MalformedMessageException("a place nowhere");
        }
        return place;
    }

    private static List<Mounted> readMounts(ByteBuffer source) {
        int count = Wire.readCount(source, Integer.BYTES + Long.BYTES);
        List<Mounted> mounts = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            mounts.add(new Mounted(TreePath.read(source), source.getLong()));
        }
        return List.copyOf(mounts);
    }

    private static void write(Root root, ByteBuffer target) {
        for (byte[] part : parts(root)) {
            Wire.writeBytes(part, target);
        }
        target.putInt(root.mounts().size());
        for (Mounted mounted : root.mounts()) {
            mounted.path().write(target);
            target.putLong(mounted.inode());
        }
    }

    private static int encodedBytes(Plan plan) {
        int constantsAndFlags = 9;
        int bytes = 2 * Integer.BYTES
                + RunOptions.SIZES_BYTES
                + constantsAndFlags
                + Long.BYTES
                + Preserve.ENCODED_BYTES
                + ExistingTargets.ENCODED_BYTES
                + plan.options().checkpoints().encodedBytes()
                + IntegrityOptions.ENCODED_BYTES
                + Wire.encodedBytes(plan.id())
                + Wire.encodedBytes(plan.stateName())
                + plan.selection().filter().encodedBytes();
        for (Root root : plan.roots()) {
            bytes += encodedBytes(root);
        }
        return bytes;
    }

    private static int encodedBytes(Root root) {
        int bytes = Integer.BYTES;
        for (byte[] part : parts(root)) {
            bytes += Wire.encodedBytes(part);
        }
        for (Mounted mounted : root.mounts()) {
            bytes += mounted.path().encodedBytes() + Long.BYTES;
        }
        return bytes;
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
