package org.pcircle.work;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.pcircle.circle.Effects;
import org.pcircle.circle.Item;
import org.pcircle.circle.Notice;
import org.pcircle.fs.Credentials;
import org.pcircle.fs.Directory;
import org.pcircle.fs.Entry;
import org.pcircle.fs.Errno;
import org.pcircle.fs.FileException;
import org.pcircle.fs.Operation;
import org.pcircle.fs.TreePath;
import org.pcircle.journal.Spool;
import org.pcircle.plan.Plan;
import org.pcircle.plan.Root;
import org.pcircle.plan.Task;
import org.pcircle.report.Counter;
import org.pcircle.report.Fault;
import org.pcircle.report.FileSizes;

/**
 * The copying of trees as a circle's workload, at one rank. Its rounds:
 *
 * <ol start="0">
 *   <li>ready: every rank has opened the roots, so nothing is touched unless all can reach them;
 *   <li>list: rank 0 reads which entries are wanted, if that is said; of a resumed run it takes away what no longer holds;
 *   <li>copy: everything but the metadata of directories, and entries with several names, which go to the ranks that bring
 *       their names together;
 *   <li>linked: those, under the first of their names;
 *   <li>deletions: if all went well and a mirror is wanted, what the source lacks, but for directories;
 *   <li>doomed directories: rank 0 takes those away, deepest first;
 *   <li>blocked: entries that one of them was in the way of;
 *   <li>links: the other names of entries that have several;
 *   <li>directories: owner, mode and times of those that can still be entered afterwards;
 *   <li>closed directories: rank 0 finishes the others, deepest first, so that each is still reachable when its turn comes;
 *   <li>shares: rank 0 is told what each rank did;
 *   <li>tops: the run's own files go, then the tops of the trees are finished.
 * </ol>
 */
public final class CopyWorkload extends TreeWorkload {

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
    private static final int SHARES = 10;
    private static final int TOPS = 11;
    private static final int ROUNDS = 12;

    private final Consumer<byte[]> intentions;

    /** At rank 0, the list of what is wanted; null: everything. */
    private final @Nullable FileList fileList;

    private final Spool listed;
    private final Spool directories = new Spool();

    /** Names of entries that have several, of which this rank brings together all. */
    private final Spool linkedNames;

    /** The same when all have been found; null if there are none. */
    private @Nullable LinkGroups linkGroups;

    /** At rank 0, those of all ranks. */
    private final Spool closedDirectories = new Spool();

    /** At rank 0, the directories that all ranks have found to be taken away. */
    private final Spool doomedDirectories;

    /** Entries that a directory is in the way of. */
    private final Spool blocked = new Spool();

    /** At rank 0 in a dry run, the same of all ranks. */
    private final List<NameBlocked> allBlocked = new ArrayList<>();

    /** At rank 0 in a dry run, which of the doomed directories would go; null until some are. */
    private @Nullable Emptied emptied;

    /** Who reads back what this rank writes. */
    private final Readers readers;

    private int round;

    private final List<DirectoryMetadata> tops = new ArrayList<>();

    /** Whether this rank may enter directories whatever their mode. */
    private final boolean entersAnything;

    /**
     * @param fileList what is wanted of the one source, at rank 0; null: everything
     * @param intentions takes the lines of a dry run, at rank 0
     */
    public CopyWorkload(Plan plan, Post post, @Nullable FileList fileList, Consumer<byte[]> intentions) {
        super(plan, post);
        this.readers = new Readers(tree, post.ranksOfHost());
        this.fileList = fileList;
        this.listed = spoolFor(plan);
        this.linkedNames = spoolFor(plan);
        this.doomedDirectories = spoolFor(plan);
        this.intentions = intentions;
        this.entersAnything = Credentials.isRoot();
    }

    /** A dry run writes nothing. */
    private static Spool spoolFor(Plan plan) {
        return plan.dryRun() ? Spool.inMemory() : new Spool();
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
            case LIST -> list();
            case COPY -> copy();
            case LINKED -> Effects.of(copyLinked());
            case LINKS -> Effects.of(linkGroups == null ? List.of() : List.of(new SpawnLinks(linkGroups, 0, null)));
            case DIRECTORIES -> Effects.of(readAll(RankState.DIRECTORIES, directories, FinishDirectories::batches));
            case DELETIONS -> Effects.of(tree.isRoot() && plan.delete() && !anyFailure() ? mirrors() : List.of());
            case DOOMED_DIRECTORIES ->
                Effects.of(deepestFirst(RankState.DOOMED_DIRECTORIES, doomedDirectories, removal()));
            case BLOCKED ->
                Effects.of(plan.dryRun() ? lookAtBlocked() : readAll(RankState.BLOCKED, blocked, LinkedName::copies));
            case CLOSED_DIRECTORIES ->
                Effects.of(deepestFirst(RankState.CLOSED_DIRECTORIES, closedDirectories, DirectoryMetadata::finish));
            case TOPS -> Effects.of(tree.isRoot() && !plan.dryRun() ? lastItems() : List.of());
            case SHARES -> tellShare();
            default -> throw new IllegalArgumentException("round " + round);
        };
    }

    @Override
    void applyFurther(Result result, List<Item> items, List<Notice.Addressed> notices) {
        for (TreePath path : result.listed) {
            items.addAll(spool(RankState.LISTED, listed, path.bytes()));
        }
        for (DirectoryMetadata directory : result.directories) {
            finishLater(directory, items, notices);
        }
        for (VerifyRange range : result.written) {
            readBack(range, items, notices);
        }
        for (LargeFile file : result.filled) {
            items.add(largeFiles.openFilled(file));
        }
        for (LinkedName name : result.blocked) {
            block(name, items, notices);
        }
        notices.addAll(LinksFound.toOwners(result.linked, tree.size()));
    }

    @Override
    List<Item> receiveFurther(Notice notice) {
        if (notice instanceof TopMade made) {
            tops.add(made.top());
        } else if (notice instanceof NameBlocked blockedName) {
            if (round >= BLOCKED) {
                return List.of(lookAt(blockedName));
            }
            allBlocked.add(blockedName);
        } else if (notice instanceof RangeWritten written) {
            return List.of(written.range());
        } else if (notice instanceof RangeReadBack) {
            readers.done();
        } else if (notice instanceof DirectoryClosing closing) {
            return spool(RankState.CLOSED_DIRECTORIES, closedDirectories, encoded(closing.directory()));
        } else if (notice instanceof DirectoryDoomed doomed) {
            return spool(RankState.DOOMED_DIRECTORIES, doomedDirectories, encoded(doomed.directory()));
        }
        return List.of();
    }

    @Override
    int mainRound() {
        return COPY;
    }

    @Override
    void saveFurther(Snapshot snapshot, List<Item> frontier, List<WriteSpool> unwritten) {
        save(RankState.DIRECTORIES, directories, unwritten, snapshot);
        save(RankState.LINKS, linkedNames, unwritten, snapshot);
        save(RankState.BLOCKED, blocked, unwritten, snapshot);
        save(RankState.CLOSED_DIRECTORIES, closedDirectories, unwritten, snapshot);
        snapshot.tops.addAll(tops);
        for (Item item : frontier) {
            CopyListed list = item instanceof BeginCheckpoints begin ? begin.list() : null;
            list = item instanceof CopyListed listing ? listing : list;
            if (list != null) {
                snapshot.place = list.place();
                save(RankState.LISTED, listed, unwritten, snapshot);
            }
        }
    }

    @Override
    List<Item> write(Notice notice) {
        if (notice instanceof FaultsFound) {
            return super.write(notice);
        }
        List<Item> items = new ArrayList<>();
        if (notice instanceof LinksFound found) {
            for (LinkedName name : found.names()) {
                items.addAll(spool(RankState.LINKS, linkedNames, encoded(name)));
            }
        } else {
            intentions.accept(((IntentionsTold) notice).lines());
        }
        return items;
    }

    /** The temporary files of large files. */
    @Override
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

    private Effects list() {
        if (!plan.isResumed()) {
            return Effects.of(fileList == null ? List.of() : readList(fileList));
        }
        List<Item> items = new ArrayList<>();
        if (tree.isRoot()) {
            items.add(new ForgetNewer());
        }
        Snapshot restored = restored();
        if (restored == null) {
            return Effects.of(items);
        }
        Effects found = apply(restored.restoredList);
        items.addAll(restored.listItems);
        items.addAll(found.items());
        return new Effects(items, found.notices());
    }

    private Effects copy() {
        Snapshot restored = restored();
        if (restored == null) {
            return tree.isRoot() ? first() : Effects.NONE;
        }
        tops.addAll(restored.tops);
        Effects left = goOn();
        if (restored.place == null) {
            return left;
        }
        List<Item> items = new ArrayList<>(left.items());
        items.add(new CopyListed(new SortedPaths(listed), restored.place));
        return new Effects(items, left.notices());
    }

    private Effects first() {
        if (fileList != null) {
            List<Item> items = copyListed();
            boolean begins = plan.checkpoints().areTaken() && !items.isEmpty();
            return Effects.of(begins ? List.of(new BeginCheckpoints(items, snapshotWith(items))) : items);
        }
        List<Item> items = new ArrayList<>();
        List<LinkedName> linked = new ArrayList<>();
        for (int i = plan.roots().size() - 1; i >= 0; i--) {
            Root root = plan.roots().get(i);
            Entry entry = Entry.of(root.record());
            if (plan.excludesRoot(i)) {
                continue;
            }
            Counter.SCANNED.add(counters, 1);
            if (Listing.isLinked(plan, entry)) {
                linked.add(new LinkedName(i, null, root.record()));
                Counter.SCANS.add(counters, 1);
            } else {
                items.add(top(i, root));
            }
        }
        List<Item> begun = plan.checkpoints().areTaken() ? List.of(new BeginCheckpoints(items, null)) : items;
        return new Effects(begun, sent(LinksFound.toOwners(linked, tree.size())));
    }

    private List<Item> readList(FileList list) {
        Counter.SCANS.add(counters, 1);
        return List.of(new ReadFileList(list, true));
    }

    private List<Item> copyListed() {
        if (listed.isEmpty()) {
            Counter.SCANS_ENDED.add(counters, 1);
            return List.of();
        }
        return List.of(new CopyListed(new SortedPaths(listed)));
    }

    private List<Item> copyLinked() {
        if (linkedNames.isEmpty()) {
            return List.of();
        }
        linkGroups = new LinkGroups(linkedNames);
        return List.of(new CopyLinked(linkGroups));
    }

    private List<Item> lastItems() {
        List<Item> items = new ArrayList<>();
        if (plan.assurance().flush()) {
            items.add(new FlushBases());
        }
        Snapshot all = all();
        all.tops.addAll(tops);
        items.add(new RemoveState(all, tops));
        return items;
    }

    private Item top(int index, Root root) {
        Entry entry = Entry.of(root.record());
        Counter.SCANNED_BYTES.add(counters, entry.dataBytes());
        if (entry.type() == Entry.REGULAR) {
            FileSizes.of(entry.dataBytes()).add(counters, 1);
        }
        if (entry.isDirectory()) {
            Counter.SCANS.add(counters, 1);
            return new WalkDirectory(index, TreePath.TOP, root.record());
        }
        return plan.isLarge(entry.dataBytes())
                ? OpenLargeFile.ofTop(index, root)
                : BatchItem.ofTop(Task.COPY, index, root);
    }

    private void readBack(VerifyRange range, List<Item> items, List<Notice.Addressed> notices) {
        int reader = readers.next();
        if (reader == tree.rank()) {
            items.add(range);
        } else {
            notices.add(new Notice.Addressed(reader, new RangeWritten(range.sent())));
        }
    }

    private void finishLater(DirectoryMetadata directory, List<Item> items, List<Notice.Addressed> notices) {
        if (directory.path().isTop()) {
            notices.add(new Notice.Addressed(0, new TopMade(directory)));
        } else if (entersAnything || directory.staysOpen()) {
            items.addAll(spool(RankState.DIRECTORIES, directories, encoded(directory)));
        } else {
            notices.add(new Notice.Addressed(0, new DirectoryClosing(directory)));
        }
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
        return spool.isEmpty() ? List.of() : List.of(DeepestFirst.all(name, spool, step));
    }

    private DeepestFirst.Step removal() {
        return emptied == null ? DirectoryMetadata::remove : emptied;
    }

    private List<Item> lookAtBlocked() {
        List<Item> items = new ArrayList<>();
        for (NameBlocked name : allBlocked) {
            items.add(lookAt(name));
        }
        allBlocked.clear();
        return items;
    }

    private Item lookAt(NameBlocked blockedName) {
        LinkedName first = blockedName.first();
        boolean firstIsThere = first != null && (!blockedName.firstIsBlocked() || isEmptied(first));
        return new LookAtBlocked(blockedName, isEmptied(blockedName.name()), firstIsThere);
    }

    /** Whether a directory of this name would be gone. */
    private boolean isEmptied(LinkedName name) {
        return emptied != null && !emptied.keeps(name.root(), name.path());
    }

    private List<Item> mirrors() {
        emptied = plan.dryRun() ? new Emptied() : null;
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
        if (plan.dryRun()) { // Only rank 0 knows.
            notices.add(new Notice.Addressed(0, new NameBlocked(name, null, false)));
            return;
        }
        if (round < BLOCKED) {
            items.addAll(spool(RankState.BLOCKED, blocked, encoded(name)));
            return;
        }
        Counter.FAULTS.add(counters, 1);
        Counter.PASSED_BYTES.add(counters, Entry.of(name.record()).dataBytes());
        byte[] shown = plan.roots().get(name.root()).target().show(name.path());
        Fault fault = new Fault(shown, Operation.CREATE, Errno.EISDIR.number());
        notices.add(new Notice.Addressed(0, new FaultsFound(List.of(fault))));
    }
}
