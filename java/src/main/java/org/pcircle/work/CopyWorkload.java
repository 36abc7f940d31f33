package org.pcircle.work;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.pcircle.circle.Effects;
import org.pcircle.circle.Item;
import org.pcircle.circle.Notice;
import org.pcircle.circle.StealCounts;
import org.pcircle.circle.Tree;
import org.pcircle.circle.Workload;
import org.pcircle.digest.DatasetSum;
import org.pcircle.digest.Signature;
import org.pcircle.fs.Directory;
import org.pcircle.fs.Entry;
import org.pcircle.fs.FileException;
import org.pcircle.fs.Kept;
import org.pcircle.fs.TreePath;
import org.pcircle.journal.Spool;
import org.pcircle.journal.SpoolBlock;
import org.pcircle.plan.Plan;
import org.pcircle.plan.Root;
import org.pcircle.report.Counter;
import org.pcircle.report.Fault;
import org.pcircle.report.RankShare;

/**
 * The copying of trees as a circle's workload, at one rank. Its rounds:
 *
 * <ol start="0">
 *   <li>ready: every rank has opened the roots, so nothing is touched unless all can reach them;
 *   <li>copy: everything but the metadata of directories;
 *   <li>directories: owner, mode and times of those that can still be entered afterwards;
 *   <li>closed directories: rank 0 finishes the others, deepest first, so that each is still reachable when its turn comes;
 *   <li>tops: the run's own files go, then the tops of the trees are finished;
 *   <li>shares: rank 0 is told what each rank did.
 * </ol>
 */
public final class CopyWorkload implements Workload {

    private static final int READY = 0;
    private static final int COPY = 1;
    private static final int DIRECTORIES = 2;
    private static final int CLOSED_DIRECTORIES = 3;
    private static final int TOPS = 4;
    private static final int SHARES = 5;
    private static final int ROUNDS = 6;

    private final Plan plan;
    private final Tree tree;
    private final String host;
    private final StealCounts stealing;
    private final Consumer<Fault> faults;
    private final Consumer<RankShare> shares;
    private final Consumer<byte[]> intentions;

    /** Notices with something to write down that rank 0 has not taken in; with more the rank does not go on. */
    private static final int UNHEARD_MAX = 2;

    private int unheard;
    private final long[] counters = new long[Counter.COUNT];

    /** The entries that this rank adds to the signature; null if there is none. */
    private final @Nullable DatasetSum signed;

    /** At rank 0, those of all ranks. */
    private final @Nullable DatasetSum allSigned;

    private final LargeFiles largeFiles = new LargeFiles();
    private final Spool directories = new Spool();

    /** At rank 0, those of all ranks. */
    private final Spool closedDirectories = new Spool();

    private final List<DirectoryMetadata> tops = new ArrayList<>();

    /** Whether this rank may enter directories whatever their mode. */
    private final boolean entersAnything;

    /**
     * @param faults takes all faults of the run, at rank 0
     * @param shares takes the share of each rank, at rank 0
     * @param intentions takes the lines of a dry run, at rank 0
     */
    public CopyWorkload(
            Plan plan,
            Tree tree,
            String host,
            StealCounts stealing,
            Consumer<Fault> faults,
            Consumer<RankShare> shares,
            Consumer<byte[]> intentions) {
        this.plan = plan;
        this.signed = plan.signature() == null ? null : new DatasetSum(plan.signature());
        this.allSigned = plan.signature() == null ? null : new DatasetSum(plan.signature());
        this.entersAnything = plan.preserve().kept().contains(Kept.OWNERSHIP);
        this.tree = tree;
        this.host = host;
        this.stealing = stealing;
        this.faults = faults;
        this.shares = shares;
        this.intentions = intentions;
    }

    @Override
    public int rounds() {
        return ROUNDS;
    }

    @Override
    public Effects begin(int round) {
        return switch (round) {
            case READY -> Effects.NONE;
            case COPY -> Effects.of(tree.isRoot() ? firstItems() : List.of());
            case DIRECTORIES -> Effects.of(finishSpooled());
            case CLOSED_DIRECTORIES -> Effects.of(closeSpooled());
            case TOPS -> Effects.of(tree.isRoot() && !plan.dryRun() ? lastItems() : List.of());
            case SHARES -> new Effects(List.of(), List.of(new Notice.Addressed(0, new ShareDone(share(), signed))));
            default -> throw new IllegalArgumentException("round " + round);
        };
    }

    /** Applies what came of an item. */
    public Effects apply(Result result) {
        for (int i = 0; i < counters.length; i++) {
            counters[i] += result.counters[i];
        }
        if (signed != null && result.signed != null) {
            signed.add(result.signed);
        }
        List<Item> items = result.spawned;
        List<Notice.Addressed> notices = result.notices;
        for (DirectoryMetadata directory : result.directories) {
            finishLater(directory, items, notices);
        }
        result.closed.forEach(largeFiles::close);
        for (LargeFile file : result.opened) {
            items.add(largeFiles.open(file));
        }
        for (LargeFile file : result.filled) {
            items.add(largeFiles.openFilled(file));
        }
        for (FaultsFound found : FaultsFound.inPieces(result.faults)) {
            notices.add(new Notice.Addressed(0, found));
        }
        for (Notice.Addressed addressed : notices) {
            unheard += isToBeHeard(addressed.notice()) ? 1 : 0;
        }
        return new Effects(items, notices);
    }

    @Override
    public Effects receive(int from, Notice notice) {
        if (isToBeHeard(notice)) {
            write(notice);
            return new Effects(List.of(), List.of(new Notice.Addressed(from, new Heard())));
        } else if (notice instanceof Heard) {
            unheard--;
        } else if (notice instanceof RangeDone range) {
            return rangeDone(range);
        } else if (notice instanceof TopMade made) {
            Root root = plan.roots().get(made.root());
            tops.add(new DirectoryMetadata(made.root(), TreePath.TOP, root.record()));
        } else if (notice instanceof DirectoryClosing closing) {
            return Effects.of(spool(RankState.CLOSED_DIRECTORIES, closedDirectories, closing.directory()));
        } else if (notice instanceof ShareDone done) {
            shares.accept(done.share());
            if (allSigned != null && done.signed() != null) {
                allSigned.add(done.signed());
            }
        }
        return Effects.NONE;
    }

    /**
     * Whether this rank should begin no more items for now: it finds more to write down than rank 0 can write, and what is
     * under way between them must not grow.
     */
    public boolean isHeldBack() {
        return unheard > UNHEARD_MAX;
    }

    private static boolean isToBeHeard(Notice notice) {
        return notice instanceof FaultsFound || notice instanceof IntentionsTold;
    }

    private void write(Notice notice) {
        if (notice instanceof FaultsFound found) {
            found.faults().forEach(faults);
        } else {
            intentions.accept(((IntentionsTold) notice).lines());
        }
    }

    /** At rank 0, when all is done: the signature of what was copied; null if nobody wants it. */
    public @Nullable Signature signature() {
        return allSigned == null
                ? null
                : allSigned.signature(allSigned.algorithm().newHasher());
    }

    @Override
    public long[] counters() {
        return counters;
    }

    /**
     * After a run that was stopped: takes away the temporary files of large files that are not complete.
     *
     * @param complaints takes a line for each that is still there
     */
    public void removeUnfinished(Workshop workshop, Consumer<String> complaints) {
        Roots roots = workshop.roots();
        for (LargeFile file : largeFiles.unfinished()) {
            try (Directory target = roots.openTarget(file.root(), file.directory())) {
                target.unlink(file.temporaryName(plan));
            } catch (FileException e) {
                complaints.accept("an unfinished file is left behind: "
                        + Fault.of(roots.showTarget(file.root(), file.path()), e));
            }
        }
    }

    private Effects rangeDone(RangeDone range) {
        @Nullable Fault fault = largeFiles.firstFault(range);
        @Nullable Item finish = largeFiles.done(range);
        List<Notice.Addressed> notices = List.of();
        if (fault != null) {
            Counter.FAULTS.add(counters, 1);
            notices = List.of(new Notice.Addressed(0, new FaultsFound(List.of(fault))));
            unheard++;
        }
        return new Effects(finish == null ? List.of() : List.of(finish), notices);
    }

    private List<Item> firstItems() {
        List<Item> items = new ArrayList<>();
        for (int i = plan.roots().size() - 1; i >= 0; i--) {
            Root root = plan.roots().get(i);
            if (plan.isOneDirectory()
                    || !plan.excludes(i, TreePath.TOP, Entry.of(root.record()).isDirectory())) {
                items.add(top(i, root));
            }
        }
        Counter.SCANNED.add(counters, items.size());
        return items;
    }

    private List<Item> lastItems() {
        return List.of(new RemoveState(new FinishDirectories(tops)));
    }

    private Item top(int index, Root root) {
        Entry entry = Entry.of(root.record());
        Counter.SCANNED_BYTES.add(counters, entry.dataBytes());
        if (entry.isDirectory()) {
            return new WalkDirectory(index, TreePath.TOP, root.record());
        }
        if (plan.dryRun()) {
            return new TellTop(index, root);
        }
        return plan.isLarge(entry.dataBytes()) ? OpenLargeFile.ofTop(index, root) : CopyBatch.ofTop(index, root);
    }

    private void finishLater(DirectoryMetadata directory, List<Item> items, List<Notice.Addressed> notices) {
        if (directory.path().isTop()) {
            notices.add(new Notice.Addressed(0, new TopMade(directory.root())));
        } else if (entersAnything || directory.staysOpen()) {
            items.addAll(spool(RankState.DIRECTORIES, directories, directory));
        } else {
            notices.add(new Notice.Addressed(0, new DirectoryClosing(directory)));
        }
    }

    /** Appends to a spool; returns what there is to do for it. */
    private static List<Item> spool(String name, Spool spool, DirectoryMetadata directory) {
        ByteBuffer record = ByteBuffer.allocate(directory.encodedBytes());
        directory.write(record);
        Spool.@Nullable Write write = spool.append(record.array());
        return write == null ? List.of() : List.of(new WriteSpool(name, write));
    }

    private List<Item> finishSpooled() {
        List<Item> items = new ArrayList<>();
        if (directories.fileBytes() > 0) {
            items.add(new ReadSpool(0, directories.fileBytes()));
        }
        try {
            for (ByteBuffer block : directories.takeMemory()) {
                items.addAll(ReadSpool.batches(block));
            }
        } catch (SpoolBlock.DamagedException e) {
            throw new IllegalStateException("a block was damaged in memory", e);
        }
        return items;
    }

    private List<Item> closeSpooled() {
        List<ByteBuffer> inMemory = closedDirectories.takeMemory();
        long fileBytes = closedDirectories.fileBytes();
        return inMemory.isEmpty() && fileBytes == 0 ? List.of() : List.of(CloseDirectories.all(inMemory, fileBytes));
    }

    private RankShare share() {
        return new RankShare(tree.rank(), host, counters.clone(), stealing.requests(), stealing.grants());
    }
}
