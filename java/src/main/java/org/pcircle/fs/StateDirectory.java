package org.pcircle.fs;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/**
 * The directory of a run's own files: {@code .fcp/ID}, or a name like that, in a directory of the destination, mode
 * 0700. Every rank may create it; rank 0 deletes it when all ranks have closed their files in it. Threads may share
 * one.
 */
public final class StateDirectory implements AutoCloseable {

    private static final int OWNER_ONLY = 0700;
    private static final long LINGERING_NS = 1_000_000_000L;
    private static final long LOOK_NS = 5_000_000L;

    private final Directory directory;

    private StateDirectory(Directory directory) {
        this.directory = directory;
    }

    /**
     * Opens the state directory of a run, and creates it if it does not exist.
     *
     * @param path of it below {@code holder}
     */
    public static StateDirectory make(Directory holder, List<String> path) throws FileException {
        for (int i = 1; i <= path.size(); i++) {
            try (Directory parent = holder.beneath(below(path.subList(0, i - 1)))) {
                makeUnlessThere(parent, path.get(i - 1).getBytes(UTF_8));
            }
        }
        return open(holder, path);
    }

    /** Opens the state directory of a run, which must be there. */
    public static StateDirectory open(Directory holder, List<String> path) throws FileException {
        return new StateDirectory(holder.beneath(below(path)));
    }

    /** Opens a file of this directory, and creates it if it does not exist. */
    public OpenFile open(String name) throws FileException {
        return new OpenFile(directory.openOrCreate(name.getBytes(UTF_8)));
    }

    /** Creates an empty file in this directory, replacing one of the same name. */
    public OpenFile create(String name) throws FileException {
        removeFile(name);
        return open(name);
    }

    /** Opens a file of this directory for reading. */
    public OpenFile openToRead(String name) throws FileException {
        return directory.openFile(name.getBytes(UTF_8));
    }

    /** Describes a file of this directory. */
    public Entry describe(String name) throws FileException {
        return Entry.of(directory.describe(name.getBytes(UTF_8)));
    }

    /** Deletes a file, if there is one of that name. */
    public void removeFile(String name) throws FileException {
        try {
            directory.unlink(name.getBytes(UTF_8));
        } catch (FileException e) {
            if (e.errno() != Errno.ENOENT.number()) {
                throw e;
            }
        }
    }

    /**
     * Renames a file, replacing one of the new name.
     *
     * @param flushed whether to return only when the change is on the device or server
     */
    public void rename(String oldName, String newName, boolean flushed) throws FileException {
        directory.rename(oldName.getBytes(UTF_8), newName.getBytes(UTF_8));
        if (flushed) {
            directory.flush();
        }
    }

    /** The names of all files, without lingering ones. */
    public List<String> files() throws FileException {
        List<String> files = new ArrayList<>();
        try (Directory anew = directory.beneath(TreePath.TOP)) {
            for (Entry file : anew.all()) {
                if (!Lingering.isName(file.name())) {
                    files.add(new String(file.name(), UTF_8));
                }
            }
        }
        return files;
    }

    /**
     * Deletes the state directory of a run with all its files, and its parent if that is empty then. This process must
     * have closed the files.
     *
     * @return false if the directory is still there, since another process has a file open that lingers; nothing else
     *     is in it
     */
    public static boolean remove(Directory holder, List<String> path) throws FileException {
        int last = path.size() - 1;
        try (Directory parent = holder.beneath(below(path.subList(0, last)))) {
            try (Directory directory = parent.beneath(below(path.subList(last, last + 1)))) {
                for (Entry file : directory.all()) {
                    if (!Lingering.isName(file.name())) {
                        directory.unlink(file.name());
                    }
                }
                if (!removeInTime(parent, directory, path.get(last))) {
                    return false;
                }
            }
        } catch (FileException e) {
            if (e.errno() != Errno.ENOENT.number()) {
                throw e;
            }
            return true;
        }
        if (last > 0) {
            removeIfEmpty(holder, path.get(0)); // It may hold the directory of another run.
        }
        return true;
    }

    /** Waits a while for lingering files: the kernel tells a FUSE file system of a close some time later. */
    private static boolean removeInTime(Directory parent, Directory directory, String name) throws FileException {
        long startNs = System.nanoTime();
        while (!removeIfEmpty(parent, name)) {
            if (System.nanoTime() - startNs > LINGERING_NS) {
                return false;
            }
            if (!Lingering.isAllOf(directory)) {
                throw new FileException(Operation.UNLINK, Errno.ENOTEMPTY.number());
            }
            LockSupport.parkNanos(LOOK_NS);
        }
        return true;
    }

    private static boolean removeIfEmpty(Directory parent, String name) throws FileException {
        try {
            parent.removeDirectory(name.getBytes(UTF_8));
            return true;
        } catch (FileException e) {
            if (e.errno() == Errno.ENOTEMPTY.number() || e.errno() == Errno.EEXIST.number()) {
                return false;
            }
            if (e.errno() == Errno.ENOENT.number()) {
                return true;
            }
            throw e;
        }
    }

    /**
     * Whether the directory of a run holds nothing of it any more: the run has ended while another process had a file
     * open, or was killed in this moment.
     */
    public boolean isSpent() throws FileException {
        return Lingering.isAllOf(directory);
    }

    private static TreePath below(List<String> path) {
        return new TreePath(String.join("/", path).getBytes(UTF_8));
    }

    @Override
    public void close() {
        directory.close();
    }

    private static void makeUnlessThere(Directory directory, byte[] name) throws FileException {
        try {
            directory.makeDirectory(name, OWNER_ONLY);
        } catch (FileException e) {
            if (e.errno() != Errno.EEXIST.number()) {
                throw e;
            }
        }
    }
}
