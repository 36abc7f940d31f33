package org.pcircle.work.mirror;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.pcircle.fs.Directory;
import org.pcircle.fs.DirectoryStream;
import org.pcircle.fs.Entry;
import org.pcircle.fs.Errno;
import org.pcircle.fs.FileException;
import org.pcircle.fs.Lingering;
import org.pcircle.fs.Operation;
import org.pcircle.fs.TreePath;
import org.pcircle.report.Counter;
import org.pcircle.report.Fault;
import org.pcircle.work.DirectoryCursor;
import org.pcircle.work.DryRunLines;
import org.pcircle.work.ItemResult;
import org.pcircle.work.LeftFiles;
import org.pcircle.work.LocalItem;
import org.pcircle.work.Presence;
import org.pcircle.work.Roots;
import org.pcircle.work.WorkerContext;

/**
 * Compares a directory of the target with the source's, one buffer an item. Extraneous entries are unlinked; the
 * contents of extraneous directories are extraneous, too, and so are those of a directory that is another type in the
 * source. Excluded entries and the files of unfinished runs are spared.
 */
record CompareDirectory(int root, TreePath path, boolean doomed, DirectoryCursor place) implements LocalItem {

    /** Stands for the unknown contents of a directory that cannot be listed. */
    private static final byte[] UNKNOWN = {'*'};

    /**
     * From the start of a directory.
     *
     * @param doomed whether the directory itself is extraneous
     */
    CompareDirectory(int root, TreePath path, boolean doomed) {
        this(root, path, doomed, DirectoryCursor.START);
    }

    @Override
    public void run(WorkerContext bench, ItemResult result) {
        Roots roots = bench.roots();
        try {
            DirectoryCursor.Step step = place.read(() -> roots.openTargetToList(root, path), bench.listing());
            DirectoryStream.Listed listed = step.listed();
            if (!listed.atEnd()) {
                result.spawned.add(new CompareDirectory(root, path, doomed, step.next()));
            }
            if (doomed) {
                compare(listed, null, bench, result);
            } else {
                compareWithSource(listed, bench, result);
            }
        } catch (FileException e) {
            if (!isStateOfOthers(e)) {
                result.fault(Fault.of(roots.showTarget(root, path), e));
                noteStaying(path.child(UNKNOWN), Emptied.Staying.FAILED, bench, result);
            }
        }
    }

    /** Whether this is the directory of other users' runs, or of runs that have just ended. */
    private boolean isStateOfOthers(FileException e) {
        boolean isClosed = e.errno() == Errno.EACCES.number() || e.errno() == Errno.ENOENT.number();
        return isClosed && doomed && LeftFiles.isState(path.parent(), path.name());
    }

    private void compareWithSource(DirectoryStream.Listed listed, WorkerContext bench, ItemResult result)
            throws FileException {
        try (Directory source = lookUp(listed, bench, result)) {
            if (source != null) {
                compare(listed, source, bench, result);
            }
        }
    }

    /** Looks the names up in the source; null if that fails, and nothing is deleted. */
    private @Nullable Directory lookUp(DirectoryStream.Listed listed, WorkerContext bench, ItemResult result) {
        Directory source = null;
        try {
            source = bench.roots().openSource(root, path);
            source.typesOf(bench.listing(), listed.bytes(), bench.io());
            return source;
        } catch (FileException e) {
            if (source != null) {
                source.close();
            }
            result.fault(bench.roots().fault(root, path, null, e));
            return null;
        }
    }

    /** @param source the source's directory; null if the source has none */
    private void compare(
            DirectoryStream.Listed listed, @Nullable Directory source, WorkerContext bench, ItemResult result)
            throws FileException {
        DryRunLines intentions = DryRunLines.in(root, path, bench.roots(), result);
        try (Directory target = bench.roots().openTarget(root, path)) {
            Entry entry = new Entry();
            boolean isSourceThere = source == null;
            int number = 0;
            for (int at = 0; at < listed.bytes(); at += entry.recordBytes(), number++) {
                entry.wrap(bench.listing(), at);
                byte[] name = nameInSource(entry, bench.io().get(number), target, bench);
                int found = Arrays.equals(name, entry.name()) ? bench.io().get(number) : entry.type();
                int sourceType = doomed ? 0 : sourceType(name, found, bench);
                boolean isDirectory = entry.isDirectory();
                boolean stays = sourceType != 0 && (!isDirectory || sourceType == Entry.DIRECTORY);
                TreePath entryPath = path.child(name);
                if (isSpared(entry, bench)) {
                    noteStaying(entryPath, Emptied.Staying.SPARED, bench, result);
                    continue;
                }
                if (!stays && !isSourceThere && source != null) {
                    if (!isStillThere(source, bench, result)) {
                        break;
                    }
                    isSourceThere = true;
                }
                if (isDirectory && !stays && LeftFiles.isState(path, entry.name())) {
                    result.spawned.add(
                            new CompareDirectory(root, entryPath, true)); // This run's own directory is in it.
                } else if (isDirectory && !(stays && isNotEntered(name, bench))) {
                    result.spawned.add(new DeleteExtraneous(root, entryPath, !stays));
                } else if (!stays) {
                    remove(target, entryPath, entry.dataBytes(), intentions, bench, result);
                }
            }
        }
        intentions.end();
    }

    /**
     * The name of an entry, in the source's spelling where the target folds both together and has kept an older
     * spelling.
     */
    private byte[] nameInSource(Entry entry, int sourceType, Directory target, WorkerContext bench)
            throws FileException {
        byte[] name = entry.name();
        if (doomed || sourceType != 0 || !target.mayBeTaken(name)) {
            return name;
        }
        try (Directory source = bench.roots().openSource(root, path)) {
            byte[] spelling = source.spelling(target, name);
            return spelling.length == 0 ? name : spelling;
        }
    }

    /**
     * Whether entries are really missing in the source: it is mounted, and no other directory has taken the place of
     * this one.
     */
    private boolean isStillThere(Directory source, WorkerContext bench, ItemResult result) {
        Presence presence = bench.roots().presence();
        boolean isThere = presence.isStill(source, root, path);
        if (!isThere) {
            Fault fault = new Fault(bench.roots().showSource(root, path), Operation.OPEN, Errno.ESTALE.number());
            result.fault(presence.judged(fault, root, path, null));
        }
        return isThere;
    }

    private void remove(
            Directory target,
            TreePath entryPath,
            long bytes,
            DryRunLines intentions,
            WorkerContext bench,
            ItemResult result) {
        try {
            if (bench.plan().task().dryRun()) {
                target.checkRemoval(Operation.UNLINK, entryPath.name());
                intentions.delete(entryPath.name());
            } else {
                target.unlink(entryPath.name());
            }
            result.count(Counter.DELETED, 1);
            result.count(Counter.DELETED_BYTES, bytes);
        } catch (FileException e) {
            boolean goesByItself = e.errno() == Errno.EBUSY.number() && Lingering.isName(entryPath.name());
            if (!goesByItself) {
                result.fault(Fault.of(bench.roots().showTarget(root, entryPath), e));
                noteStaying(entryPath, Emptied.Staying.FAILED, bench, result);
            }
        }
    }

    /** In a dry run, reports that an entry stays; in a real run, rmdir finds out. */
    private void noteStaying(TreePath entryPath, Emptied.Staying why, WorkerContext bench, ItemResult result) {
        if (doomed && bench.plan().task().dryRun()) {
            Emptied.tellStaying(root, entryPath, why, result);
        }
    }

    /** The type of the source's entry of this name; 0 if there is none that is copied. */
    private int sourceType(byte[] name, int found, WorkerContext bench) throws FileException {
        return LeftFiles.inSource(bench.roots(), root, path, name, found) == LeftFiles.Kind.CONTENT ? found : 0;
    }

    private boolean isSpared(Entry entry, WorkerContext bench) throws FileException {
        byte[] name = entry.name();
        return LeftFiles.spares(bench, root, path, name, entry.type())
                || bench.plan().excludes(root, path.child(name), entry.isDirectory())
                || (bench.plan().selection().oneFileSystem()
                        && bench.roots().isMountedInTarget(root, path.child(name), entry));
    }

    /** Whether the source's directory is on another file system and is not entered (-x). */
    private boolean isNotEntered(byte[] name, WorkerContext bench) throws FileException {
        if (!bench.plan().selection().oneFileSystem()) {
            return false;
        }
        try (Directory source = bench.roots().openSource(root, path)) {
            return !bench.isListed(root, source.describe(name));
        }
    }
}
