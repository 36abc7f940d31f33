package org.pcircle.work.mirror;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.pcircle.fs.Directory;
import org.pcircle.fs.DirectoryStream;
import org.pcircle.fs.Entry;
import org.pcircle.fs.Errno;
import org.pcircle.fs.ExistingPolicy;
import org.pcircle.fs.FileException;
import org.pcircle.fs.Operation;
import org.pcircle.fs.TreePath;
import org.pcircle.report.Fault;
import org.pcircle.work.DirectoryCursor;
import org.pcircle.work.ItemResult;
import org.pcircle.work.LeftFiles;
import org.pcircle.work.LocalItem;
import org.pcircle.work.Presence;
import org.pcircle.work.Roots;
import org.pcircle.work.WorkerContext;

/**
 * Compares a directory of the target with the source's, one buffer an item. Extraneous entries are unlinked or counted
 * ({@link Removal}); the contents of extraneous directories are extraneous, too, and so are those of a directory that
 * is another type in the source. Excluded entries and the files of unfinished runs are spared.
 */
record CompareDirectory(int root, TreePath path, boolean isExtraneous, Pass pass, DirectoryCursor place)
        implements LocalItem {

    /** Stands for the contents of a directory that are not known: it cannot be listed, or is not. */
    static final byte[] UNKNOWN = {'*'};

    /**
     * From the start of a directory.
     *
     * @param isExtraneous whether the directory itself is extraneous
     */
    CompareDirectory(int root, TreePath path, boolean isExtraneous, Pass pass) {
        this(root, path, isExtraneous, pass, DirectoryCursor.START);
    }

    @Override
    public void run(WorkerContext worker, ItemResult result) {
        Roots roots = worker.roots();
        try {
            DirectoryCursor.Step step = place.read(() -> roots.openTargetToList(root, path), worker.listing());
            DirectoryStream.Listed listed = step.listed();
            if (!listed.atEnd()) {
                result.spawned.add(new CompareDirectory(root, path, isExtraneous, pass, step.next()));
            }
            if (isExtraneous) {
                compare(listed, null, worker, result);
            } else {
                compareWithSource(listed, worker, result);
            }
        } catch (FileException e) {
            if (!isStateOfOthers(e) && !isToBeMade(e, worker)) {
                result.fault(Fault.of(roots.showTarget(root, path), e));
                noteStaying(path.child(UNKNOWN), Emptied.Staying.FAILED, worker, result);
            }
        }
    }

    /** Whether this is the directory of other users' runs, or of runs that have just ended. */
    private boolean isStateOfOthers(FileException e) {
        boolean isClosed = e.errno() == Errno.EACCES.number() || e.errno() == Errno.ENOENT.number();
        return isClosed && isExtraneous && LeftFiles.isState(path.parent(), path.name());
    }

    /** Whether this is the top of a target that a run would create, so that a dry run does not find it. */
    private boolean isToBeMade(FileException e, WorkerContext worker) {
        return path.isTop() && worker.plan().task().dryRun() && e.errno() == Errno.ENOENT.number();
    }

    private void compareWithSource(DirectoryStream.Listed listed, WorkerContext worker, ItemResult result)
            throws FileException {
        try (Directory source = lookUp(listed, worker, result)) {
            if (source != null) {
                compare(listed, source, worker, result);
            }
        }
    }

    /** Looks the names up in the source; null if that fails, and nothing is deleted. */
    private @Nullable Directory lookUp(DirectoryStream.Listed listed, WorkerContext worker, ItemResult result) {
        Directory source = null;
        try {
            source = worker.roots().openSource(root, path);
            source.typesOf(worker.listing(), listed.bytes(), worker.io());
            return source;
        } catch (FileException e) {
            if (source != null) {
                source.close();
            }
            result.fault(worker.roots().fault(root, path, null, e));
            return null;
        }
    }

    /** @param source the source's directory; null if the source has none */
    private void compare(
            DirectoryStream.Listed listed, @Nullable Directory source, WorkerContext worker, ItemResult result)
            throws FileException {
        Removal removal = new Removal(pass, root, path, worker, result);
        try (Directory target = worker.roots().openTarget(root, path)) {
            Entry entry = new Entry();
            boolean isSourceThere = source == null;
            int number = 0;
            for (int at = 0; at < listed.bytes(); at += entry.recordBytes(), number++) {
                entry.wrap(worker.listing(), at);
                byte[] name = nameInSource(entry, worker.io().get(number), target, worker);
                int found = Arrays.equals(name, entry.name()) ? worker.io().get(number) : entry.type();
                int sourceType = isExtraneous ? 0 : sourceType(name, found, worker);
                boolean isDirectory = entry.isDirectory();
                boolean stays = sourceType != 0 && (!isDirectory || sourceType == Entry.DIRECTORY);
                TreePath entryPath = path.child(name);
                boolean isKept = sourceType != 0 && worker.plan().existing() == ExistingPolicy.KEEP;
                if (isKept && isDirectory && sourceType != Entry.DIRECTORY) {
                    continue; // Whatever has the name of a source stays.
                }
                if (isSpared(entry, worker)) {
                    noteStaying(entryPath, Emptied.Staying.SPARED, worker, result);
                    if (isDirectory && !stays && sourceType != 0) {
                        noteBlocking(entryPath, worker, result);
                    }
                    continue;
                }
                if (!stays && !isSourceThere && source != null) {
                    if (!isStillThere(source, worker, result)) {
                        break;
                    }
                    isSourceThere = true;
                }
                if (isDirectory && !stays && LeftFiles.isState(path, entry.name())) {
                    result.spawned.add(
                            new CompareDirectory(root, entryPath, true, pass)); // This run's own directory is in it.
                } else if (isDirectory && !(stays && isNotEntered(name, worker))) {
                    result.spawned.add(new DeleteExtraneous(root, entryPath, !stays, pass));
                } else if (!stays) {
                    remove(target, entryPath, entry, removal, worker, result);
                }
            }
        }
        removal.end();
    }

    /**
     * The name of an entry, in the source's spelling where the target folds both together and has kept an older
     * spelling.
     */
    private byte[] nameInSource(Entry entry, int sourceType, Directory target, WorkerContext worker)
            throws FileException {
        byte[] name = entry.name();
        if (isExtraneous || sourceType != 0 || !target.mayBeTaken(name)) {
            return name;
        }
        try (Directory source = worker.roots().openSource(root, path)) {
            byte[] spelling = source.spelling(target, name);
            return spelling.length == 0 ? name : spelling;
        }
    }

    /**
     * Whether entries are really missing in the source: it is mounted, and no other directory has taken the place of
     * this one.
     */
    private boolean isStillThere(Directory source, WorkerContext worker, ItemResult result) {
        Presence presence = worker.roots().presence();
        boolean isThere = presence.isStill(source, root, path);
        if (!isThere) {
            Fault fault = new Fault(worker.roots().showSource(root, path), Operation.OPEN, Errno.ESTALE.number());
            result.fault(presence.judged(fault, root, path, null));
        }
        return isThere;
    }

    private void remove(
            Directory target,
            TreePath entryPath,
            Entry entry,
            Removal removal,
            WorkerContext worker,
            ItemResult result) {
        try {
            removal.file(target, entry);
        } catch (FileException e) {
            if (!Removal.goesByItself(entryPath.name(), e)) {
                if (pass == Pass.DELETE) {
                    result.fault(Fault.of(worker.roots().showTarget(root, entryPath), e));
                }
                noteStaying(entryPath, Emptied.Staying.FAILED, worker, result);
            }
        }
    }

    /** Reports that an entry stays, unless a deletion of its directory is tried and finds out. */
    private void noteStaying(TreePath entryPath, Emptied.Staying why, WorkerContext worker, ItemResult result) {
        if (isExtraneous && Removal.onlyLooks(pass, worker)) {
            Emptied.tellStaying(root, entryPath, why, result);
        }
    }

    /** In a dry run, reports that a directory stays which an entry waits for. */
    private void noteBlocking(TreePath entryPath, WorkerContext worker, ItemResult result) {
        if (pass == Pass.DELETE && worker.plan().task().dryRun()) {
            Emptied.tellBlocking(root, entryPath, result);
        }
    }

    /** The type of the source's entry of this name; 0 if there is none that is copied. */
    private int sourceType(byte[] name, int found, WorkerContext worker) throws FileException {
        return LeftFiles.inSource(worker.roots(), root, path, name, found) == LeftFiles.Kind.CONTENT ? found : 0;
    }

    private boolean isSpared(Entry entry, WorkerContext worker) throws FileException {
        byte[] name = entry.name();
        return LeftFiles.spares(worker, root, path, name, entry.type())
                || worker.plan().excludes(root, path.child(name), entry.isDirectory())
                || (worker.plan().selection().oneFileSystem()
                        && worker.roots().isMountedInTarget(root, path.child(name), entry));
    }

    /** Whether the source's directory is on another file system and is not entered (-x). */
    private boolean isNotEntered(byte[] name, WorkerContext worker) throws FileException {
        if (!worker.plan().selection().oneFileSystem()) {
            return false;
        }
        try (Directory source = worker.roots().openSource(root, path)) {
            return !worker.isListed(root, source.describe(name));
        }
    }
}
