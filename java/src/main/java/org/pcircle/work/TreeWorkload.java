package org.pcircle.work;

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
import org.pcircle.fs.TreePath;
import org.pcircle.journal.Spool;
import org.pcircle.plan.Checkpoints;
import org.pcircle.plan.Plan;
import org.pcircle.plan.Task;
import org.pcircle.report.Counter;
import org.pcircle.report.Fault;
import org.pcircle.report.RankShare;
import org.pcircle.report.SlowWork;
import org.pcircle.report.Slowest;

/**
 * What is done with trees as a circle's workload, at one rank: counts, adds up the signature, looks after the large files
 * that this rank owns, and sees to it that what is found to be written down reaches rank 0 no faster than it writes. What a
 * run consists of, and what else comes of an item, its kind of workload knows.
 */
public abstract class TreeWorkload implements Workload {

    /** Notices with something to write down that have not been taken in; with more the rank does not go on. */
    private static final int UNHEARD_MAX = 2;

    final Plan plan;
    final Tree tree;
    final long[] counters = new long[Counter.COUNT];
    final LargeFiles largeFiles = new LargeFiles();

    private final Post post;
    /** The entries that this rank adds to the signature; null if there is none. */
    private final @Nullable DatasetSum signed;
    /** At rank 0, those of all ranks. */
    private final @Nullable DatasetSum allSigned;

    /** At rank 0, when all ranks have told their shares: what they counted. */
    private final long[] allCounters = new long[Counter.COUNT];

    private final Slowest slowest = new Slowest(RankShare.SLOWEST_MAX);
    private int unheard;
    private boolean anyFault;
    private boolean anyFailure;

    TreeWorkload(Plan plan, Post post) {
        this.plan = plan;
        this.post = post;
        this.tree = post.tree();
        this.signed = plan.signature() == null ? null : new DatasetSum(plan.signature());
        this.allSigned = plan.signature() == null ? null : new DatasetSum(plan.signature());
        Snapshot restored = post.snapshots().restored();
        if (restored != null) {
            System.arraycopy(restored.counters, 0, counters, 0, restored.counters.length);
            counters[Counter.RESTORED_ENTRIES.ordinal()] = Counter.entries(counters);
            counters[Counter.RESTORED_BYTES.ordinal()] = Counter.BYTES.in(counters);
            if (signed != null && restored.signed != null) {
                signed.add(restored.signed);
            }
        }
    }

    /** What an earlier part of the run has left for this rank; null if there was none. */
    final @Nullable Snapshot restored() {
        return post.snapshots().restored();
    }

    /** Applies what came of an item. */
    public final Effects apply(Result result) {
        Counts.add(counters, result.counters);
        if (signed != null && result.signed != null) {
            signed.add(result.signed);
        }
        List<Item> items = result.spawned;
        List<Notice.Addressed> notices = result.notices;
        for (LargeFile file : result.closed) {
            noteTime(file.root(), file.path(), 1, file.bytes(), largeFiles.close(file));
        }
        if (result.timed != null) {
            Result.Timed timed = result.timed;
            noteTime(timed.root(), timed.path(), timed.entries(), timed.dataBytes(), result.ns);
        }
        for (LargeFile file : result.opened) {
            items.add(largeFiles.open(file));
        }
        for (FaultsFound found : FaultsFound.inPieces(result.faults)) {
            notices.add(new Notice.Addressed(0, found));
        }
        applyFurther(result, items, notices);
        return new Effects(items, sent(notices));
    }

    private void noteTime(int root, TreePath path, int entries, long bytes, long ns) {
        if (slowest.wouldKeep(ns)) {
            byte[] shown = plan.roots().get(root).source().show(path);
            slowest.add(new SlowWork(shown, entries, bytes, ns));
        }
    }

    /** Applies what only items of this kind of workload leave behind. */
    abstract void applyFurther(Result result, List<Item> items, List<Notice.Addressed> notices);

    @Override
    public final Effects receive(int from, Notice notice) {
        if (isToBeHeard(notice)) {
            return new Effects(write(notice), List.of(new Notice.Addressed(from, new Heard())));
        } else if (notice instanceof Heard) {
            unheard--;
        } else if (notice instanceof RangeDone range) {
            return rangeDone(range);
        } else if (notice instanceof ShareDone done) {
            post.shares().accept(done.share());
            Counts.add(allCounters, done.share().counters());
            if (allSigned != null && done.signed() != null) {
                allSigned.add(done.signed());
            }
        } else {
            return Effects.of(receiveFurther(notice));
        }
        return Effects.NONE;
    }

    /** Takes in a notice of which only this kind of workload knows; returns what there is to do for it. */
    abstract List<Item> receiveFurther(Notice notice);

    /**
     * Whether this rank should begin no more items for now: it finds more to write down than others can write, and what is
     * under way between them must not grow.
     */
    public final boolean isHeldBack() {
        return unheard > UNHEARD_MAX;
    }

    /** Counts what happens beside the items. */
    public final void count(Counter counter, long amount) {
        counter.add(counters, amount);
    }

    /** Notices that are about to be sent. */
    final List<Notice.Addressed> sent(List<Notice.Addressed> notices) {
        for (Notice.Addressed addressed : notices) {
            unheard += isToBeHeard(addressed.notice()) ? 1 : 0;
        }
        return notices;
    }

    private static boolean isToBeHeard(Notice notice) {
        return notice instanceof FaultsFound
                || notice instanceof IntentionsTold
                || notice instanceof LinksFound
                || notice instanceof ManifestFound;
    }

    /** At rank 0: whether any rank has found a fault, in an earlier part of the run or in this one. */
    final boolean anyFault() {
        return anyFault;
    }

    /** Likewise, but for entries of the source that have vanished. */
    final boolean anyFailure() {
        return anyFailure;
    }

    /** Takes in what is to be written down; returns what there is to do for it. */
    List<Item> write(Notice notice) {
        FaultsFound found = (FaultsFound) notice;
        anyFault = true;
        anyFailure |= found.areFailures();
        found.faults().forEach(post.faults());
        return new ArrayList<>();
    }

    /** Appends to a spool; returns what there is to do for it. */
    static List<Item> spool(String name, Spool spool, byte[] record) {
        Spool.@Nullable Write write = spool.append(record);
        return write == null ? List.of() : List.of(new WriteSpool(name, write));
    }

    private Effects rangeDone(RangeDone range) {
        boolean hadFailed = largeFiles.hasFailed(range);
        @Nullable Item finish = largeFiles.done(range);
        @Nullable Fault fault = range.fault();
        List<Notice.Addressed> notices = List.of();
        if (fault != null && !hadFailed) {
            Counter.of(fault).add(counters, 1);
        }
        // Of each file one fault is told, but every place where it differs.
        if (fault != null && (!hadFailed || fault.isMismatch())) {
            notices = List.of(new Notice.Addressed(0, new FaultsFound(List.of(fault))));
        }
        return new Effects(finish == null ? List.of() : List.of(finish), sent(notices));
    }

    /** When all else is done: rank 0 is told what this rank did, and may take its files away in the next round. */
    final Effects tellShare() {
        RankShare share = new RankShare(
                tree.rank(),
                post.host(),
                counters.clone(),
                post.stealing().requests(),
                post.stealing().grants(),
                slowest.inOrder());
        List<Item> items = tree.isRoot() ? List.of() : List.of(new CloseSpools());
        return new Effects(items, List.of(new Notice.Addressed(0, new ShareDone(share, signed))));
    }

    /** At rank 0, when all is done: the entries of the signature; null if nobody wants it. */
    public final @Nullable DatasetSum signed() {
        return allSigned;
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
        Checkpoints.Resumption resumption = plan.checkpoints().resumption();
        return resumption == null ? 1 : resumption.epoch() + 1;
    }

    /** The round that takes long: the others are short beside it, and begin again from the last checkpoint in it. */
    abstract int mainRound();

    @Override
    public final boolean allowsEpoch(int round) {
        return plan.checkpoints().areTaken() && round == mainRound();
    }

    @Override
    public final boolean wantsLastEpoch() {
        return plan.checkpoints().areTaken();
    }

    @Override
    public final void snapshot(int epoch, List<Item> frontier) {
        post.snapshots().taken(epoch, snapshotWith(frontier));
    }

    /** What this rank is at, with all items that are not done. */
    final Snapshot snapshotWith(List<Item> frontier) {
        Snapshot snapshot = new Snapshot();
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
        saveFurther(snapshot, frontier, unwritten);
        return snapshot;
    }

    /** At rank 0, when all ranks have told their shares: all that a run has that is resumed to do nothing but end. */
    final Snapshot all() {
        Snapshot all = new Snapshot();
        all.counters = allCounters.clone();
        all.signed = allSigned;
        return all;
    }

    /** Saves what only this kind of workload has. */
    abstract void saveFurther(Snapshot snapshot, List<Item> frontier, List<WriteSpool> unwritten);

    /** Saves a spool: of its file what is written, and the rest as it is. */
    final void save(String name, Spool spool, List<WriteSpool> unwritten, Snapshot snapshot) {
        String file = name + "." + plan.checkpoints().attempt() + "." + tree.rank();
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
            snapshot.blocks.add(new Snapshot.Block(name, gap.write().block()));
        }
        saveExtent(name, file, from, spool.fileBytes(), snapshot);
        for (ByteBuffer block : spool.memory()) {
            snapshot.blocks.add(new Snapshot.Block(name, block));
        }
    }

    private static void saveExtent(String name, String file, long from, long to, Snapshot snapshot) {
        if (from < to) {
            snapshot.extents.add(new Snapshot.Extent(name, file, from, to));
        }
    }

    /** What an earlier part of the run has left to do, as the effects with which its main round begins again; empty if there was none. */
    final Effects goOn() {
        Snapshot restored = post.snapshots().restored();
        if (restored == null) {
            return Effects.NONE;
        }
        List<Item> items = new ArrayList<>(restored.items);
        for (OpenFileState file : restored.files) {
            items.add(largeFiles.resume(file, tree.rank()));
        }
        Effects found = apply(restored.restored);
        items.addAll(found.items());
        List<Notice.Addressed> notices = new ArrayList<>(found.notices());
        // fsum knows no difference: what it has not read is not in its signature.
        boolean anyVanishedToo = plan.task() == Task.SUM && Counter.VANISHED.in(counters) > 0;
        if (Counter.FAULTS.in(counters) > 0 || anyVanishedToo) {
            /* That there were some, which are written down already. */
            notices.addAll(sent(List.of(new Notice.Addressed(0, new FaultsFound(List.of())))));
        }
        return new Effects(items, notices);
    }

    @Override
    public final void epochEnded(int epoch, boolean committed) {
        // What there is to do then concerns files, and rank 0 does it.
    }

    /**
     * After a run, which may have been stopped: takes away what is not complete.
     *
     * @param complaints takes a line for each thing that is still there
     */
    public abstract void removeUnfinished(Workshop workshop, Consumer<String> complaints);
}
