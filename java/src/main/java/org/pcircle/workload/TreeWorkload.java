package org.pcircle.workload;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.pcircle.circle.Counts;
import org.pcircle.circle.Effects;
import org.pcircle.circle.Item;
import org.pcircle.circle.Notice;
import org.pcircle.circle.Tree;
import org.pcircle.circle.Workload;
import org.pcircle.digest.DatasetSum;
import org.pcircle.fs.Entry;
import org.pcircle.fs.TreePath;
import org.pcircle.journal.Spool;
import org.pcircle.plan.CheckpointOptions;
import org.pcircle.plan.Plan;
import org.pcircle.report.Counter;
import org.pcircle.report.FileSizes;
import org.pcircle.report.RankShare;
import org.pcircle.report.SlowWork;
import org.pcircle.report.Slowest;
import org.pcircle.work.Ack;
import org.pcircle.work.FaultLog;
import org.pcircle.work.FaultsFound;
import org.pcircle.work.ItemResult;
import org.pcircle.work.RankContext;
import org.pcircle.work.RankParts;
import org.pcircle.work.RankShares;
import org.pcircle.work.RankSummaryReport;
import org.pcircle.work.TreeTask;
import org.pcircle.work.Unacknowledged;
import org.pcircle.work.WorkItem;
import org.pcircle.work.WorkNotice;
import org.pcircle.work.change.OutputTaken;
import org.pcircle.work.checkpoint.RankSnapshot;
import org.pcircle.work.largefile.LargeFileClosed;
import org.pcircle.work.largefile.LargeFileOpened;
import org.pcircle.work.largefile.LargeFileState;
import org.pcircle.work.largefile.LargeFileTable;
import org.pcircle.work.largefile.RangeDone;
import org.pcircle.work.spool.BlockWritten;
import org.pcircle.work.spool.CloseSpools;
import org.pcircle.work.spool.RankSpool;
import org.pcircle.work.spool.SpoolRestored;
import org.pcircle.work.spool.UnwrittenBlocks;
import org.pcircle.work.spool.WriteSpool;

/**
 * The common part of the workloads, at one rank: counts, adds up the signature, owns large files, passes each notice to
 * the part of the state that receives it, and throttles notices whose receiver writes something down (rank 0, or the
 * owner of hard links). Subclasses define the rounds.
 */
public abstract class TreeWorkload implements Workload {

    final Plan plan;
    final Tree tree;
    final long[] counters = new long[Counter.COUNT];
    final LargeFileTable largeFiles = new LargeFileTable(counters, this::noteTime);
    final RankParts parts = new RankParts();
    final TreeTask task;

    private final WorkloadContext context;
    /** The sum of this rank's entries for the signature; null if there is none. */
    private final @Nullable DatasetSum signed;

    private final FaultLog faults;
    private final RankShares shares;
    private final Unacknowledged unacknowledged = new Unacknowledged();
    private final UnwrittenBlocks unwritten = new UnwrittenBlocks();
    private final Slowest slowest = new Slowest(RankShare.SLOWEST_MAX);

    TreeWorkload(Plan plan, WorkloadContext context, TreeTask task) {
        this.plan = plan;
        this.context = context;
        this.tree = context.tree();
        this.task = task;
        this.signed = plan.task().signature() == null
                ? null
                : new DatasetSum(plan.task().signature());
        this.faults = new FaultLog(context.faults());
        this.shares = new RankShares(context.shares(), plan.task().signature());
        parts.add(FaultLog.class, faults);
        parts.add(RankShares.class, shares);
        parts.add(Unacknowledged.class, unacknowledged);
        parts.add(BlockWritten.Counter.class, unwritten);
        parts.add(OutputTaken.Taker.class, unwritten);
        parts.add(LargeFileOpened.Owner.class, largeFiles::open);
        parts.add(LargeFileClosed.Owner.class, largeFiles::close);
        parts.add(RangeDone.Owner.class, largeFiles::settle);
        RankSnapshot restored = context.snapshots().restored();
        if (restored != null) {
            System.arraycopy(restored.counters, 0, counters, 0, restored.counters.length);
            counters[Counter.RESTORED_ENTRIES.ordinal()] = Counter.entries(counters);
            counters[Counter.RESTORED_BYTES.ordinal()] = Counter.BYTES.in(counters);
            if (signed != null && restored.signed != null) {
                signed.add(restored.signed);
            }
        }
    }

    /** The items of this command. */
    public final TreeTask task() {
        return task;
    }

    /** The item for the top of a tree; counts it. */
    final Item top(int index) {
        byte[] record = plan.roots().get(index).record();
        Entry entry = Entry.of(record);
        Counter.SCANNED_BYTES.add(counters, entry.dataBytes());
        if (entry.type() == Entry.REGULAR) {
            FileSizes.of(entry.dataBytes()).add(counters, 1);
        }
        if (entry.isDirectory()) {
            Counter.SCANS.add(counters, 1);
            return task.walk(index, TreePath.TOP, record);
        }
        return task.entry(index, null, record, plan);
    }

    /** The rounds in order. */
    abstract List<Round> inOrder();

    @Override
    public final int rounds() {
        return inOrder().size();
    }

    @Override
    public final Effects begin(int round) {
        return sent(inOrder().get(round).begins().get());
    }

    /** The snapshot that this rank is resumed from; null if there is none. */
    final @Nullable RankSnapshot restored() {
        return context.snapshots().restored();
    }

    /** Applies the result of an item. */
    public final Effects apply(ItemResult result) {
        Counts.add(counters, result.counters);
        if (signed != null && result.signed != null) {
            signed.add(result.signed);
        }
        if (result.timed != null) {
            ItemResult.Timed timed = result.timed;
            noteTime(timed.root(), timed.path(), timed.entries(), timed.dataBytes(), result.ns);
        }
        for (FaultsFound found : FaultsFound.inPieces(result.faults, false)) {
            result.tell(0, found);
        }
        for (FaultsFound found : FaultsFound.inPieces(result.lateFaults, true)) {
            result.tell(0, found);
        }
        return sent(new Effects(result.spawned, result.notices));
    }

    private void noteTime(int root, TreePath path, int entries, long bytes, long ns) {
        if (slowest.wouldKeep(ns)) {
            byte[] shown = plan.roots().get(root).source().show(path);
            slowest.add(new SlowWork(shown, entries, bytes, ns));
        }
    }

    @Override
    public final Effects receive(int from, Notice notice) {
        return receive(from, (WorkNotice<?>) notice);
    }

    private <P> Effects receive(int from, WorkNotice<P> notice) {
        Effects effects = notice.applyTo(parts.get(notice.part()), from);
        if (!notice.needsAck()) {
            return sent(effects);
        }
        sent(effects);
        List<Notice.Addressed> notices = new ArrayList<>(effects.notices());
        notices.addAll(unwritten.takenIn(from));
        return new Effects(effects.items(), notices);
    }

    /** Counts the notices of effects that need an {@link Ack}, and their blocks to be written; returns the effects. */
    private Effects sent(Effects effects) {
        unacknowledged.sent(effects.notices());
        unwritten.handedOut(effects.items());
        return effects;
    }

    /**
     * Whether this rank should begin no more items for now: too many of its notices are unacknowledged; or the round
     * deletes the run's files, of which some are still being written.
     *
     * @param isEpochOpen whether a checkpoint is being taken
     */
    public final boolean isThrottled(int round, boolean isEpochOpen) {
        return unacknowledged.areTooMany()
                || (isEpochOpen && inOrder().get(round).removesOwnFiles());
    }

    /** Counts something outside of items. */
    public final void count(Counter counter, long amount) {
        counter.add(counters, amount);
    }

    /** At rank 0: whether any rank has found a fault, in this attempt or an earlier one. */
    final boolean anyFault() {
        return faults.anyFault();
    }

    /** At rank 0: whether there was a fault other than vanished entries of the source. */
    final boolean anyFailure() {
        return faults.anyFailure();
    }

    /**
     * When all else is done: reports this rank's share to rank 0, which may delete this rank's files in the next round.
     */
    final Effects reportShare() {
        RankShare share = new RankShare(
                tree.rank(),
                context.host(),
                counters.clone(),
                context.stealing().requests(),
                context.stealing().grants(),
                slowest.inOrder());
        List<Item> items = tree.isRoot() ? List.of() : List.of(new CloseSpools());
        return new Effects(items, List.of(new Notice.Addressed(0, new RankSummaryReport(share, signed))));
    }

    /** At rank 0, when all is done: the sum of all entries; null if there is no signature. */
    public final @Nullable DatasetSum signed() {
        return shares.signed();
    }

    @Override
    public final long[] counters() {
        return counters;
    }

    @Override
    public final int firstRound() {
        return 0;
    }

    @Override
    public final int firstEpoch() {
        CheckpointOptions.Resumption resumption = plan.options().checkpoints().resumption();
        return resumption == null ? 1 : resumption.epoch() + 1;
    }

    @Override
    public final boolean allowsEpoch(int round) {
        return plan.options().checkpoints().areTaken() && inOrder().get(round).takesCheckpoints();
    }

    @Override
    public final boolean wantsLastEpoch() {
        return plan.options().checkpoints().areTaken();
    }

    @Override
    public final void snapshot(int epoch, boolean stopped, List<Item> frontier) {
        context.snapshots().taken(epoch, stopped, snapshotWith(frontier));
    }

    /** The snapshot of this rank, with all items that are not done. */
    final RankSnapshot snapshotWith(List<Item> frontier) {
        RankSnapshot snapshot = new RankSnapshot(new WorkItemCodec());
        snapshot.counters = counters.clone();
        if (signed != null) {
            snapshot.signed = new DatasetSum(signed.algorithm());
            snapshot.signed.add(signed);
        }
        snapshot.files.addAll(largeFiles.saved());
        List<WriteSpool> unwritten = new ArrayList<>();
        for (Item item : frontier) {
            snapshot.items.addAll(((WorkItem) item).saved());
            if (item instanceof WriteSpool write) {
                unwritten.add(write);
            }
        }
        for (RankSpool spool : spools(frontier)) {
            save(spool.name(), spool.spool(), unwritten, snapshot);
        }
        saveFurther(snapshot, frontier);
        return snapshot;
    }

    /** At rank 0, when all ranks have reported their shares: the snapshot for a run that is resumed only to end. */
    final RankSnapshot all() {
        RankSnapshot all = new RankSnapshot(new WorkItemCodec());
        all.counters = shares.counters().clone();
        all.signed = shares.signed();
        return all;
    }

    /** The spools that a checkpoint holds, given the items that are not done. */
    abstract List<RankSpool> spools(List<Item> frontier);

    /** Saves the state of the subclass. */
    abstract void saveFurther(RankSnapshot snapshot, List<Item> frontier);

    /** Saves a spool: extents of its file that are written, and the other blocks as they are. */
    private void save(String name, Spool spool, List<WriteSpool> unwritten, RankSnapshot snapshot) {
        String file = name + "." + plan.options().checkpoints().attempt() + "." + tree.rank();
        TreeMap<Long, WriteSpool> gaps = new TreeMap<>();
        for (WriteSpool write : unwritten) {
            if (write.name().equals(name)) {
                gaps.put(write.write().offset(), write);
            }
        }
        long from = 0;
        for (WriteSpool gap : gaps.values()) {
            saveExtent(name, file, from, gap.write().offset(), snapshot);
            from = gap.write().offset() + gap.write().block().limit();
            snapshot.blocks.add(new RankSnapshot.Block(name, gap.write().block()));
        }
        saveExtent(name, file, from, spool.fileBytes(), snapshot);
        for (ByteBuffer block : spool.memory()) {
            snapshot.blocks.add(new RankSnapshot.Block(name, block));
        }
    }

    private static void saveExtent(String name, String file, long from, long to, RankSnapshot snapshot) {
        if (from < to) {
            snapshot.extents.add(new RankSnapshot.Extent(name, file, from, to));
        }
    }

    /**
     * The remaining work of an earlier attempt, as the effects that begin its main round again; empty if there was
     * none.
     */
    final Effects resumeWork() {
        RankSnapshot restored = context.snapshots().restored();
        if (restored == null) {
            return Effects.NONE;
        }
        List<Item> items = new ArrayList<>(restored.items);
        for (LargeFileState file : restored.files) {
            items.add(largeFiles.resume(file, tree.rank()));
        }
        items.addAll(restored.restores(this::isOfMainRound));
        List<Notice.Addressed> notices = new ArrayList<>();
        for (SpoolRestored found : restored.restored(this::isOfMainRound)) {
            notices.add(new Notice.Addressed(tree.rank(), found));
        }
        if (hasFailedBefore()) {
            /* Says that there were failures, which are in the error list already. */
            notices.add(new Notice.Addressed(0, new FaultsFound(List.of())));
        }
        return new Effects(items, notices);
    }

    /** Whether earlier attempts had failures, which are in the error list. */
    boolean hasFailedBefore() {
        return Counter.FAULTS.in(counters) > 0;
    }

    /** Whether a spool is restored in the main round, and not in an earlier one. */
    boolean isOfMainRound(String spool) {
        return true;
    }

    @Override
    public final void epochEnded(int epoch, boolean committed) {
        // Files are all that is left to do, and rank 0 does that.
    }

    /**
     * After a run, which may have been stopped: deletes incomplete files.
     *
     * @param complaints receives a line for each file that is left
     */
    public abstract void removeUnfinished(RankContext rankContext, Consumer<String> complaints);
}
