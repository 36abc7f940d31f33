package org.pcircle.work.walk;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Set;
import org.pcircle.digest.Algorithm;
import org.pcircle.fs.Entry;
import org.pcircle.fs.Errno;
import org.pcircle.fs.ExistingPolicy;
import org.pcircle.fs.IoMethod;
import org.pcircle.fs.Layout;
import org.pcircle.fs.Operation;
import org.pcircle.fs.PreservedAttribute;
import org.pcircle.fs.Sparse;
import org.pcircle.fs.TreePath;
import org.pcircle.plan.CopyPlan;
import org.pcircle.plan.ExistingTargets;
import org.pcircle.plan.Filter;
import org.pcircle.plan.IntegrityOptions;
import org.pcircle.plan.LeftRuns;
import org.pcircle.plan.ManifestDetail;
import org.pcircle.plan.Place;
import org.pcircle.plan.Plan;
import org.pcircle.plan.Preserve;
import org.pcircle.plan.Root;
import org.pcircle.plan.RunOptions;
import org.pcircle.plan.Selection;
import org.pcircle.plan.SumPlan;
import org.pcircle.plan.TaskPlan;
import org.pcircle.report.Fault;
import org.pcircle.work.Samples;

/** Records of entries, and plans, for tests of listings. */
final class ListingSamples {

    static final long MIB = 1 << 20;
    static final long CHUNK_BYTES = 3 * MIB;
    static final TreePath PATH = new TreePath("d".getBytes(UTF_8));

    /** Offsets in an entry record. */
    private static final int ERROR = 6;

    private static final int LINKS = 44;
    private static final int INODE = 56;

    private ListingSamples() {}

    static List<String> shown(List<Fault> faults) {
        return faults.stream().map(fault -> new String(fault.path(), UTF_8)).toList();
    }

    static byte[] record(String name, int type) {
        return Samples.record(name, type, 0);
    }

    static byte[] file(String name, long bytes) {
        return linkedOf(Samples.record(name, Entry.REGULAR, bytes), 1, 0);
    }

    static byte[] linked(String name, int links, long inode) {
        return linkedOf(Samples.record(name, Entry.REGULAR, 1), links, inode);
    }

    static byte[] linkedOf(byte[] record, int links, long inode) {
        ByteBuffer.wrap(record)
                .order(ByteOrder.nativeOrder())
                .putInt(LINKS, links)
                .putLong(INODE, inode);
        return record;
    }

    /** The listing could not describe it. */
    static byte[] failed(String name, int type, Errno errno) {
        byte[] record = Samples.record(name, type, 0);
        Entry.of(record).failed(Operation.STAT);
        ByteBuffer.wrap(record).order(ByteOrder.nativeOrder()).putShort(ERROR, (short) errno.number());
        return record;
    }

    static Root root(LeftRuns left) {
        return new Root(place("source"), place("target"), record("source", Entry.DIRECTORY), left, List.of());
    }

    static Place place(String name) {
        return new Place("base".getBytes(UTF_8), name.getBytes(UTF_8));
    }

    static Plan sum(Filter filter) {
        SumPlan task = new SumPlan(Algorithm.XXH64, false, ManifestDetail.ENTRIES);
        return plan(".fcp.id", filter, LeftRuns.NONE, task);
    }

    static Plan copy(Filter filter) {
        return copy(filter, LeftRuns.NONE);
    }

    static Plan copy(Filter filter, LeftRuns left) {
        CopyPlan task = new CopyPlan(
                IoMethod.AUTO,
                Sparse.AUTO,
                new Preserve(Set.of(PreservedAttribute.LINKS), Set.of(), Layout.INHERIT, 0),
                ExistingTargets.of(ExistingPolicy.REFUSE),
                false,
                CopyPlan.ANY_NUMBER,
                null,
                IntegrityOptions.NONE,
                false);
        return plan(".fcp", filter, left, task);
    }

    static Plan plan(String stateName, Filter filter, LeftRuns left, TaskPlan task) {
        return new Plan(
                "id",
                stateName,
                List.of(root(left)),
                new Selection(filter, false),
                task,
                RunOptions.of(2).withChunkBytes(CHUNK_BYTES));
    }
}
