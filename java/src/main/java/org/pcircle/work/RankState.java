package org.pcircle.work;

import java.util.HashMap;
import java.util.Map;
import org.pcircle.fs.Directory;
import org.pcircle.fs.FileException;
import org.pcircle.fs.OpenFile;
import org.pcircle.fs.StateDirectory;
import org.pcircle.fs.TreePath;
import org.pcircle.plan.Plan;
import org.pcircle.plan.Task;

/**
 * This rank's files below {@code .fcp/ID}: in the destination directory, or in the directory that holds the destinations; if
 * nothing is copied, in the current directory.
 * They are made when they are first needed, which in a small run is never. Shared by all workers.
 */
final class RankState implements AutoCloseable {

    /** The spool of the directories that this rank finishes. */
    static final String DIRECTORIES = "directories";

    /** At rank 0, the spool of those that nobody can enter afterwards. */
    static final String CLOSED_DIRECTORIES = "closed";

    /** At rank 0, the spool of the paths that the user has listed. */
    static final String LISTED = "listed";

    /** At rank 0, the spool of directories that are taken away. */
    static final String DOOMED_DIRECTORIES = "doomed";

    /** The spool of entries that a directory is in the way of. */
    static final String BLOCKED = "blocked";

    /** The spool of names of entries that have several. */
    static final String LINKS = "links";

    /** At rank 0, the spool of what a manifest says. */
    static final String MANIFEST = "manifest";

    private static final byte[] HERE = {'.'};

    private final Plan plan;
    private final Roots roots;
    private final int rank;
    private final Map<String, OpenFile> spools = new HashMap<>();

    RankState(Plan plan, Roots roots, int rank) {
        this.plan = plan;
        this.roots = roots;
        this.rank = rank;
    }

    /** The file of one of this rank's spools. */
    synchronized OpenFile spool(String name) throws FileException {
        OpenFile spool = spools.get(name);
        if (spool == null) {
            try (Directory holder = holder();
                    StateDirectory state = StateDirectory.make(holder, plan.stateName(), plan.id())) {
                spool = state.open(name + "." + rank);
                spools.put(name, spool);
            }
        }
        return spool;
    }

    /** Takes all that the run has written down away, of all ranks. */
    void removeAll() throws FileException {
        try (Directory holder = holder()) {
            StateDirectory.remove(holder, plan.stateName(), plan.id());
        }
    }

    /** The path of the directory that holds the state, as the user would write it. */
    byte[] shownHolder() {
        if (plan.task() == Task.SUM) {
            return HERE;
        }
        return plan.isOneDirectory()
                ? roots.showTarget(0, TreePath.TOP)
                : plan.roots().get(0).target().base();
    }

    @Override
    public synchronized void close() {
        spools.values().forEach(OpenFile::close);
    }

    private Directory holder() throws FileException {
        if (plan.task() == Task.SUM) {
            return Directory.open(HERE);
        }
        return roots.openTarget(0, plan.isOneDirectory() ? TreePath.TOP : null);
    }
}
