package org.pcircle.workload;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.pcircle.circle.Effects;
import org.pcircle.circle.Item;
import org.pcircle.circle.Notice;
import org.pcircle.fs.Directory;
import org.pcircle.fs.Entry;
import org.pcircle.fs.FileException;
import org.pcircle.fs.TreePath;
import org.pcircle.plan.Plan;
import org.pcircle.plan.Root;
import org.pcircle.report.Counter;
import org.pcircle.report.Fault;
import org.pcircle.work.HardLinkName;
import org.pcircle.work.HardLinkNames;
import org.pcircle.work.RankContext;
import org.pcircle.work.Roots;
import org.pcircle.work.WorkerContext;
import org.pcircle.work.change.ChangeOutput;
import org.pcircle.work.change.PrintedLines;
import org.pcircle.work.checkpoint.DiscardNewerCheckpoints;
import org.pcircle.work.checkpoint.RankSnapshot;
import org.pcircle.work.checkpoint.RemoveRunFiles;
import org.pcircle.work.checkpoint.WriteFirstCheckpoint;
import org.pcircle.work.filesfrom.CopyFilesFrom;
import org.pcircle.work.filesfrom.FilesFrom;
import org.pcircle.work.filesfrom.ListedPaths;
import org.pcircle.work.filesfrom.ReadFilesFrom;
import org.pcircle.work.hardlink.HardLinks;
import org.pcircle.work.largefile.LargeFile;
import org.pcircle.work.largefile.RangeFlushed;
import org.pcircle.work.largefile.VerifierChoice;
import org.pcircle.work.largefile.VerifyReply;
import org.pcircle.work.largefile.VerifyRequest;
import org.pcircle.work.mirror.Deletions;
import org.pcircle.work.spool.RankSpool;
import org.pcircle.work.spool.SpoolRestored;
import org.pcircle.work.walk.FinishDirectories;
import org.pcircle.work.walk.FlushParents;
import org.pcircle.work.walk.LockedDirectoryFound;
import org.pcircle.work.walk.PendingDirectories;
import org.pcircle.work.walk.PendingDirectory;
import org.pcircle.work.walk.TopCreated;

/**
 * A copy of trees as a circle's workload, at one rank. Its rounds:
 *
 * <ol start="0">
 *   <li>ready: every rank has opened the roots, so nothing is touched unless all can reach them;
 *   <li>list: rank 0 reads --files-from, if given; in a resumed run it deletes newer checkpoint records;
 *   <li>copy: everything but the metadata of directories and hard-linked entries, whose names are sent to their owners;
 *   <li>linked: hard-linked entries, under the first of their names;
 *   <li>count: with --max-delete, and without failures, extraneous entries are counted, except directories;
 *   <li>count directories: rank 0 adds those that would become empty;
 *   <li>deletions: with --delete, without failures and if they are not too many, extraneous entries, except directories;
 *   <li>extraneous directories: rank 0 removes them, deepest first;
 *   <li>blocked: entries whose name one of these directories had;
 *   <li>links: the other names of hard-linked entries;
 *   <li>directories: owner, mode and times of directories that can still be entered afterwards;
 *   <li>locked directories: rank 0 finishes the others, deepest first, so that each is still reachable when its turn
 *       comes;
 *   <li>shares: each rank reports to rank 0 what it did;
 *   <li>tops: the run's files are deleted, then the tops of the trees are finished.
 * </ol>
 */
public final class CopyWorkload extends TreeWorkload {

    private final List<Round> rounds;

    /** At rank 0, the list of --files-from; null: everything is copied. */
    private final @Nullable FilesFrom filesFrom;

    private final ListedPaths listed;
    private final HardLinks links;
    private final PendingDirectories directories;
    private final Deletions deletions;

    /**
     * @param filesFrom list of --files-from, at rank 0; null: everything is copied
     * @param lines prints lines about what is changed, at rank 0
     */
    public CopyWorkload(Plan plan, WorkloadContext context, @Nullable FilesFrom filesFrom, ChangeOutput.Printer lines) {
        super(plan, context, new CopyTask());
        this.filesFrom = filesFrom;
        this.listed = new ListedPaths(plan);
        this.links = new HardLinks(plan);
        this.directories = new PendingDirectories(plan);
        this.deletions = new Deletions(plan, counters, task);
        parts.add(PrintedLines.class, new PrintedLines(lines));
        VerifierChoice verifiers = new VerifierChoice(tree, context.ranksOfHost());
        parts.add(RangeFlushed.Verifier.class, verifiers::verify);
        parts.add(VerifyRequest.Reader.class, Effects::of);
        parts.add(VerifyReply.Asker.class, verifiers::done);
        parts.add(ListedPaths.class, listed);
        parts.add(HardLinkNames.Owner.class, links::add);
        parts.add(PendingDirectories.class, directories);
        parts.add(TopCreated.Taker.class, directories::addTop);
        parts.add(LockedDirectoryFound.Taker.class, directories::close);
        deletions.addTo(parts);
        parts.add(SpoolRestored.Taker.class, this::restore);
        this.rounds = List.of(
                Round.of("ready", () -> Effects.NONE),
                Round.of("list", this::list),
                Round.of("copy", this::copy).withCheckpoints(),
                Round.of("linked", links::copyFirst),
                Round.of("count", () -> deletesNow() ? deletions.count() : Effects.NONE),
                Round.of("count directories", deletions::countDirectories),
                Round.of("deletions", () -> deletesNow() ? deletions.begin() : Effects.NONE),
                Round.of("extraneous directories", deletions::removeDirectories),
                Round.of("blocked", deletions::copyBlocked),
                Round.of("links", links::linkOthers),
                Round.of("directories", directories::finishOpen),
                Round.of("locked directories", directories::finishClosed),
                Round.of("shares", this::reportShare),
                Round.of("tops", this::finishTops).removingOwnFiles());
    }

    @Override
    List<Round> inOrder() {
        return rounds;
    }

    /** Whether this rank begins deletions, or their count. */
    private boolean deletesNow() {
        return tree.isRoot() && plan.copy().delete() && !anyFailure();
    }

    @Override
    List<RankSpool> spools(List<Item> frontier) {
        List<RankSpool> spools = new ArrayList<>(directories.spools());
        spools.add(links.spool());
        spools.add(deletions.spool());
        if (listIn(frontier) != null) {
            spools.add(listed.spool());
        }
        return spools;
    }

    @Override
    void saveFurther(RankSnapshot snapshot, List<Item> frontier) {
        snapshot.tops.addAll(directories.tops());
        CopyFilesFrom list = listIn(frontier);
        snapshot.place = list == null ? null : list.place();
    }

    /** The item that processes the list of --files-from; null if there is none, or if it is done. */
    private static @Nullable CopyFilesFrom listIn(List<Item> frontier) {
        for (Item item : frontier) {
            if (item instanceof CopyFilesFrom list) {
                return list;
            } else if (item instanceof WriteFirstCheckpoint begin && begin.snapshot() != null) {
                return listIn(begin.tops());
            }
        }
        return null;
    }

    private Effects restore(String spool, List<byte[]> records) {
        return switch (spool) {
            case PendingDirectories.OPEN, PendingDirectories.CLOSED ->
                each(records, record -> directories.made(PendingDirectory.read(record)));
            case HardLinks.SPOOL -> {
                List<HardLinkName> names = new ArrayList<>();
                records.forEach(record -> names.add(HardLinkName.read(ByteBuffer.wrap(record))));
                yield new Effects(List.of(), HardLinkNames.toOwners(names, tree.size()));
            }
            case Deletions.BLOCKED -> each(records, record -> deletions.block(HardLinkName.read(record)));
            case ListedPaths.SPOOL ->
                Effects.of(listed.add(records.stream().map(TreePath::new).toList()));
            default -> throw new IllegalArgumentException("spool " + spool);
        };
    }

    private static Effects each(List<byte[]> records, Function<ByteBuffer, Effects> step) {
        List<Item> items = new ArrayList<>();
        List<Notice.Addressed> notices = new ArrayList<>();
        for (byte[] record : records) {
            Effects effects = step.apply(ByteBuffer.wrap(record));
            items.addAll(effects.items());
            notices.addAll(effects.notices());
        }
        return new Effects(items, notices);
    }

    /** Deletes the temporary files of large files. */
    @Override
    public void removeUnfinished(RankContext rankContext, Consumer<String> complaints) {
        Roots roots = rankContext.roots();
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
            return Effects.of(filesFrom == null ? List.of() : readList(filesFrom));
        }
        List<Item> items = new ArrayList<>();
        if (tree.isRoot()) {
            items.add(new DiscardNewerCheckpoints());
        }
        RankSnapshot restored = restored();
        if (restored == null) {
            return Effects.of(items);
        }
        items.addAll(restored.restores(ListedPaths.SPOOL::equals));
        List<Notice.Addressed> notices = new ArrayList<>();
        for (SpoolRestored found : restored.restored(ListedPaths.SPOOL::equals)) {
            notices.add(new Notice.Addressed(tree.rank(), found));
        }
        return new Effects(items, notices);
    }

    @Override
    boolean isOfMainRound(String spool) {
        return !spool.equals(ListedPaths.SPOOL);
    }

    private Effects copy() {
        RankSnapshot restored = restored();
        if (restored == null) {
            return tree.isRoot() ? first() : Effects.NONE;
        }
        restored.tops.forEach(directories::addTop);
        Effects left = resumeWork();
        if (restored.place == null) {
            return left;
        }
        List<Item> items = new ArrayList<>(left.items());
        items.add(listed.copyFrom(restored.place));
        return new Effects(items, left.notices());
    }

    private Effects first() {
        if (filesFrom != null) {
            List<Item> items = copyListed();
            boolean begins = plan.options().checkpoints().areTaken() && !items.isEmpty();
            return Effects.of(begins ? List.of(new WriteFirstCheckpoint(items, snapshotWith(items))) : items);
        }
        List<Item> items = new ArrayList<>();
        List<HardLinkName> linked = new ArrayList<>();
        for (int i = plan.roots().size() - 1; i >= 0; i--) {
            Root root = plan.roots().get(i);
            Entry entry = Entry.of(root.record());
            if (plan.excludesRoot(i)) {
                continue;
            }
            Counter.SCANNED.add(counters, 1);
            if (WorkerContext.isLinked(plan, entry)) {
                linked.add(new HardLinkName(i, null, root.record()));
                Counter.SCANS.add(counters, 1);
            } else {
                items.add(top(i));
            }
        }
        Effects names = task.linkedNames(linked, plan, tree.size());
        items.addAll(names.items());
        List<Item> begun =
                plan.options().checkpoints().areTaken() ? List.of(new WriteFirstCheckpoint(items, null)) : items;
        return new Effects(begun, names.notices());
    }

    private List<Item> readList(FilesFrom list) {
        Counter.SCANS.add(counters, 1);
        return List.of(new ReadFilesFrom(list, true));
    }

    private List<Item> copyListed() {
        if (listed.isEmpty()) {
            Counter.SCANS_ENDED.add(counters, 1);
            return List.of();
        }
        return List.of(listed.copyFrom(CopyFilesFrom.Place.START));
    }

    private Effects finishTops() {
        if (!tree.isRoot() || plan.task().dryRun()) {
            return Effects.NONE;
        }
        List<Item> items = new ArrayList<>();
        if (plan.task().integrity().flush()) {
            items.add(new FlushParents());
        }
        RankSnapshot all = all();
        all.tops.addAll(directories.tops());
        items.add(new RemoveRunFiles(all, new FinishDirectories(directories.tops())));
        return Effects.of(items);
    }
}
