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
import org.pcircle.fs.Errno;
import org.pcircle.fs.FileException;
import org.pcircle.fs.Kept;
import org.pcircle.fs.Operation;
import org.pcircle.fs.TreePath;
import org.pcircle.journal.Spool;
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
 *   <li>list: rank 0 reads which entries are wanted, if that is said;
 *   <li>copy: everything but the metadata of directories, and entries with several names, which go to the ranks that bring
 *       their names together;
 *   <li>linked: those, under the first of their names;
 *   <li>deletions: if all went well and a mirror is wanted, what the source lacks, but for directories;
 *   <li>doomed directories: rank 0 takes those away, deepest first;
 *   <li>blocked: entries that one of them was in the way of;
 *   <li>links: the other names of entries that have several;
 *   <li>directories: owner, mode and times of those that can still be entered afterwards;
 *   <li>closed directories: rank 0 finishes the others, deepest first, so that each is still reachable when its turn comes;
 *   <li>tops: the run's own files go, then the tops of the trees are finished;
 *   <li>shares: rank 0 is told what each rank did.
 * </ol>
 */
public final class CopyWorkload implements Workload {

    private static final int READY = 0;
    private static final int LIST = 1;
    private static final int COPY = 2;
    private static final int LINKED = 3;
    private static final int DELETIONS = 4;
    private static final int DOOMED_DIRECTORIES = 5;
    private static final int BLOCKED = 6;
    private static final int LINKS = 7;
    private static final int DIRECTORIES = 8;
    private static final int CLOSED_DIRECTORIES = 9;
    private static final int TOPS = 10;
    private static final int SHARES = 11;
    private static final int ROUNDS = 12;

    private final Plan plan;
    private final Tree tree;
    private final String host;
    private final StealCounts stealing;
    private final Consumer<Fault> faults;
    private final Consumer<RankShare> shares;
    private final Consumer<byte[]> intentions;

    /** Notices with something to write down that have not been taken in; with more the rank does not go on. */
    private static final int UNHEARD_MAX = 2;

    private int unheard;
    private final long[] counters = new long[Counter.COUNT];

    /** The entries that this rank adds to the signature; null if there is none. */
    private final @Nullable DatasetSum signed;

    /** At rank 0, those of all ranks. */
    private final @Nullable DatasetSum allSigned;

    private final LargeFiles largeFiles = new LargeFiles();
    /** At rank 0, the list of what is wanted; null: everything. */
    private final @Nullable FileList fileList;

    private final Spool listed;
    private final Spool directories = new Spool();

    /** Names of entries that have several, of which this rank brings together all. */
    private final Spool linkedNames = new Spool();

    /** The same when all have been found; null if there are none. */
    private @Nullable LinkGroups linkGroups;

    /** At rank 0, those of all ranks. */
    private final Spool closedDirectories = new Spool();

    /** At rank 0, the directories that all ranks have found to be taken away. */
    private final Spool doomedDirectories = new Spool();

    /** Entries that a directory is in the way of. */
    private final Spool blocked = new Spool();

    private int round;

    /** At rank 0: whether any rank has found a fault. */
    private boolean anyFault;

    private final List<DirectoryMetadata> tops = new ArrayList<>();

    /** Whether this rank may enter directories whatever their mode. */
    private final boolean entersAnything;

    /**
     * @param fileList what is wanted of the one source, at rank 0; null: everything
     * @param faults takes all faults of the run, at rank 0
     * @param shares takes the share of each rank, at rank 0
     * @param intentions takes the lines of a dry run, at rank 0
     */
    public CopyWorkload(
            Plan plan,
            Tree tree,
            String host,
            StealCounts stealing,
            @Nullable FileList fileList,
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
        this.fileList = fileList;
        this.listed = plan.dryRun() ? Spool.inMemory() : new Spool();
        this.faults = faults;
        this.shares = shares;
        this.intentions = intentions;
    }

    @Override
    public int rounds() {
        return ROUNDS;
    }

    @Override
    public Effects begin(int next) {
        round = next;
        return switch (round) {
            case READY -> Effects.NONE;
            case LIST -> Effects.of(fileList == null ? List.of() : List.of(new ReadFileList(fileList, true)));
            case COPY -> tree.isRoot() ? first() : Effects.NONE;
            case LINKED -> Effects.of(copyLinked());
            case LINKS -> Effects.of(linkGroups == null ? List.of() : List.of(new SpawnLinks(linkGroups, 0, null)));
            case DIRECTORIES -> Effects.of(readAll(RankState.DIRECTORIES, directories, FinishDirectories::batches));
            case DELETIONS -> Effects.of(tree.isRoot() && plan.delete() && !anyFault ? mirrors() : List.of());
            case DOOMED_DIRECTORIES ->
                Effects.of(deepestFirst(RankState.DOOMED_DIRECTORIES, doomedDirectories, DirectoryMetadata::remove));
            case BLOCKED -> Effects.of(readAll(RankState.BLOCKED, blocked, LinkedName::copies));
            case CLOSED_DIRECTORIES ->
                Effects.of(deepestFirst(RankState.CLOSED_DIRECTORIES, closedDirectories, DirectoryMetadata::finish));
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
        for (TreePath path : result.listed) {
            items.addAll(spool(RankState.LISTED, listed, path.bytes()));
        }
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
        for (LinkedName name : result.blocked) {
            block(name, items, notices);
        }
        notices.addAll(LinksFound.toOwners(result.linked, tree.size()));
        for (Notice.Addressed addressed : notices) {
            unheard += isToBeHeard(addressed.notice()) ? 1 : 0;
        }
        return new Effects(items, notices);
    }

    @Override
    public Effects receive(int from, Notice notice) {
        if (isToBeHeard(notice)) {
            return new Effects(write(notice), List.of(new Notice.Addressed(from, new Heard())));
        } else if (notice instanceof Heard) {
            unheard--;
        } else if (notice instanceof RangeDone range) {
            return rangeDone(range);
        } else if (notice instanceof TopMade made) {
            Root root = plan.roots().get(made.root());
            tops.add(new DirectoryMetadata(made.root(), TreePath.TOP, root.record()));
        } else if (notice instanceof DirectoryClosing closing) {
            return Effects.of(spool(RankState.CLOSED_DIRECTORIES, closedDirectories, encoded(closing.directory())));
        } else if (notice instanceof DirectoryDoomed doomed) {
            return Effects.of(spool(RankState.DOOMED_DIRECTORIES, doomedDirectories, encoded(doomed.directory())));
        } else if (notice instanceof ShareDone done) {
            shares.accept(done.share());
            if (allSigned != null && done.signed() != null) {
                allSigned.add(done.signed());
            }
        }
        return Effects.NONE;
    }

    /**
     * Whether this rank should begin no more items for now: it finds more to write down than others can write, and what is
     * under way between them must not grow.
     */
    public boolean isHeldBack() {
        return unheard > UNHEARD_MAX;
    }

    private static boolean isToBeHeard(Notice notice) {
        return notice instanceof FaultsFound || notice instanceof IntentionsTold || notice instanceof LinksFound;
    }

    /** Takes in what is to be written down; returns what there is to do for it. */
    private List<Item> write(Notice notice) {
        List<Item> items = new ArrayList<>();
        if (notice instanceof FaultsFound found) {
            anyFault = true;
            found.faults().forEach(faults);
        } else if (notice instanceof LinksFound found) {
            for (LinkedName name : found.names()) {
                items.addAll(spool(RankState.LINKS, linkedNames, encoded(name)));
            }
        } else {
            intentions.accept(((IntentionsTold) notice).lines());
        }
        return items;
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

    private Effects first() {
        if (fileList != null) {
            return Effects.of(copyListed());
        }
        List<Item> items = new ArrayList<>();
        List<LinkedName> linked = new ArrayList<>();
        for (int i = plan.roots().size() - 1; i >= 0; i--) {
            Root root = plan.roots().get(i);
            Entry entry = Entry.of(root.record());
            if (!plan.isOneDirectory() && plan.excludes(i, TreePath.TOP, entry.isDirectory())) {
                continue;
            }
            Counter.SCANNED.add(counters, 1);
            if (Listing.isLinked(plan, entry) && !plan.dryRun()) {
                linked.add(new LinkedName(i, null, root.record()));
            } else {
                items.add(top(i, root));
            }
        }
        List<Notice.Addressed> notices = LinksFound.toOwners(linked, tree.size());
        unheard += notices.size();
        return new Effects(items, notices);
    }

    private List<Item> copyListed() {
        List<ByteBuffer> inMemory = listed.takeMemory();
        long fileBytes = listed.fileBytes();
        return inMemory.isEmpty() && fileBytes == 0
                ? List.of()
                : List.of(new CopyListed(new SortedPaths(inMemory, fileBytes)));
    }

    private List<Item> copyLinked() {
        List<ByteBuffer> inMemory = linkedNames.takeMemory();
        long fileBytes = linkedNames.fileBytes();
        if (inMemory.isEmpty() && fileBytes == 0) {
            return List.of();
        }
        linkGroups = new LinkGroups(inMemory, fileBytes);
        return List.of(new CopyLinked(linkGroups));
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
            items.addAll(spool(RankState.DIRECTORIES, directories, encoded(directory)));
        } else {
            notices.add(new Notice.Addressed(0, new DirectoryClosing(directory)));
        }
    }

    /** Appends to a spool; returns what there is to do for it. */
    private static List<Item> spool(String name, Spool spool, byte[] record) {
        Spool.@Nullable Write write = spool.append(record);
        return write == null ? List.of() : List.of(new WriteSpool(name, write));
    }

    private static byte[] encoded(LinkedName name) {
        ByteBuffer record = ByteBuffer.allocate(name.encodedBytes());
        name.write(record);
        return record.array();
    }

    private static byte[] encoded(DirectoryMetadata directory) {
        ByteBuffer record = ByteBuffer.allocate(directory.encodedBytes());
        directory.write(record);
        return record.array();
    }

    private List<Item> readAll(String name, Spool spool, ReadSpool.Use use) {
        return ReadSpool.all(name, spool.takeMemory(), spool.fileBytes(), use, plan);
    }

    private static List<Item> deepestFirst(String name, Spool spool, DeepestFirst.Step step) {
        List<ByteBuffer> inMemory = spool.takeMemory();
        long fileBytes = spool.fileBytes();
        return inMemory.isEmpty() && fileBytes == 0
                ? List.of()
                : List.of(DeepestFirst.all(name, step, inMemory, fileBytes));
    }

    private List<Item> mirrors() {
        List<Item> items = new ArrayList<>();
        for (int i = 0; i < plan.roots().size(); i++) {
            if (Entry.of(plan.roots().get(i).record()).isDirectory()) {
                items.add(new Mirror(i, TreePath.TOP, false));
            }
        }
        return items;
    }

    /** An entry waits until the directory in its way is gone; if it should be and is not, the entry has failed. */
    private void block(LinkedName name, List<Item> items, List<Notice.Addressed> notices) {
        if (round < BLOCKED) {
            items.addAll(spool(RankState.BLOCKED, blocked, encoded(name)));
            return;
        }
        Counter.FAULTS.add(counters, 1);
        byte[] shown = plan.roots().get(name.root()).target().show(name.path());
        Fault fault = new Fault(shown, Operation.CREATE, Errno.EISDIR.number());
        notices.add(new Notice.Addressed(0, new FaultsFound(List.of(fault))));
    }

    private RankShare share() {
        return new RankShare(tree.rank(), host, counters.clone(), stealing.requests(), stealing.grants());
    }
}
