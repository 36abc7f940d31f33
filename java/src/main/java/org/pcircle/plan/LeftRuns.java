package org.pcircle.plan;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.pcircle.fs.Directory;
import org.pcircle.fs.Entry;
import org.pcircle.fs.Errno;
import org.pcircle.fs.FileException;
import org.pcircle.fs.Lingering;
import org.pcircle.fs.PathText;
import org.pcircle.fs.TreePath;
import org.pcircle.wire.MalformedMessageException;

/**
 * The unfinished or active runs of a tree: directories in {@code .fcp} of its top that belong to the top's owner or to
 * root. The files of these runs are not part of the tree. Rank 0 looks once, so that all ranks leave out the same
 * files.
 *
 * @param ids IDs of the runs
 * @param fill whether {@code .fcp} holds nothing else
 */
public record LeftRuns(List<String> ids, boolean fill) {

    public static final LeftRuns NONE = new LeftRuns(List.of(), false);

    /** Bound on the number of runs in one tree. */
    private static final int IDS_MAX = 4096;

    private static final int ROOT = 0;

    /** Errors of a directory that is missing, is not a directory, or is not accessible to this user. */
    private static final Set<Integer> NONE_THERE =
            Set.of(Errno.ENOENT.number(), Errno.ENOTDIR.number(), Errno.ELOOP.number(), Errno.EACCES.number());

    public LeftRuns {
        ids = List.copyOf(ids);
    }

    /** The runs of a tree; none if the root is not a directory. */
    static LeftRuns in(Place place, Entry top) throws UsageException {
        if (!top.isDirectory()) {
            return NONE;
        }
        LeftRuns left;
        try (Directory base = Directory.open(place.base());
                Directory directory = base.beneath(new TreePath(place.name()))) {
            left = in(directory, RunNames.STATE, top);
        } catch (FileException e) {
            return NONE; // the walk reports it
        }
        if (left.ids().size() > IDS_MAX) {
            throw new UsageException(PathText.shown(place.show(TreePath.TOP)) + ": more than " + IDS_MAX
                    + " unfinished runs have left files in " + RunNames.STATE + ": discard some");
        }
        return left;
    }

    /**
     * The runs in one directory of an open top; none if the directory cannot be read, which the walk reports.
     *
     * @param state name of that directory
     */
    public static LeftRuns in(Directory open, String state, Entry top) throws FileException {
        List<String> ids = new ArrayList<>();
        boolean fill = true;
        try (Directory directory = open.beneath(new TreePath(state.getBytes(US_ASCII)))) {
            for (Entry entry : directory.all()) {
                boolean isTheirs = isTheirs(entry, top) && isRun(directory, entry);
                fill &= isTheirs;
                if (isTheirs) {
                    ids.add(new String(entry.name(), US_ASCII));
                }
            }
        } catch (FileException e) {
            if (NONE_THERE.contains(e.errno())) {
                return NONE;
            }
            throw e;
        }
        return ids.isEmpty() ? NONE : new LeftRuns(ids, fill);
    }

    /** The IDs of runs, of any owner, that have a directory in one that has just been opened. */
    public static List<String> idsIn(Directory state) throws FileException {
        List<String> ids = new ArrayList<>();
        for (Entry entry : state.all()) {
            if (isRun(state, entry)) {
                ids.add(new String(entry.name(), US_ASCII));
            }
        }
        return ids;
    }

    /** Whether an entry belongs to the owner of the top or to root, so that nobody else could have put it there. */
    public static boolean isTheirs(Entry entry, Entry top) {
        return entry.owner() == top.owner() || entry.owner() == ROOT;
    }

    /** Whether an entry of a directory is one in which a run keeps its own files, and nothing else is. */
    private static boolean isRun(Directory parent, Entry entry) throws FileException {
        return entry.isDirectory()
                && RunNames.isId(new String(entry.name(), UTF_8))
                && isRun(parent, new TreePath(entry.name()));
    }

    /**
     * Likewise, for a path below a directory; false if there is no such directory, or if what is in it cannot be seen.
     */
    private static boolean isRun(Directory holder, TreePath path) throws FileException {
        return isRun(holder, path, false);
    }

    private static boolean isRun(Directory holder, TreePath path, boolean ifClosed) throws FileException {
        try (Directory directory = holder.beneath(path)) {
            return holdsOwnFiles(directory);
        } catch (FileException e) {
            if (NONE_THERE.contains(e.errno())) {
                return ifClosed && e.errno() == Errno.EACCES.number();
            }
            throw e;
        }
    }

    /** Whether a directory holds the directory of a run, of any owner; true if this user cannot see that. */
    public static boolean stands(Directory holder, String id) throws FileException {
        return isRun(holder, new TreePath((RunNames.STATE + "/" + id).getBytes(US_ASCII)), true)
                || isRun(holder, new TreePath((RunNames.unusualState(id) + "/" + id).getBytes(US_ASCII)), true);
    }

    /** Whether all that is in a directory may be a run's own. */
    public static boolean holdsOwnFiles(Directory directory) throws FileException {
        for (Entry file : directory.all()) {
            String name = new String(file.name(), UTF_8);
            boolean isOwn = RunNames.isOwnFile(name) || Lingering.isName(file.name());
            if (file.type() != Entry.REGULAR || !isOwn) {
                return false;
            }
        }
        return true;
    }

    byte[] encode() {
        return ((fill ? "+" : "-") + String.join("/", ids)).getBytes(US_ASCII);
    }

    static LeftRuns decode(byte[] encoded) {
        String text = new String(encoded, US_ASCII);
        if (!text.startsWith("+") && !text.startsWith("-")) {
            throw new MalformedMessageException("what runs have left");
        }
        List<String> ids =
                text.length() == 1 ? List.of() : List.of(text.substring(1).split("/", -1));
        for (String id : ids) {
            if (!RunNames.isId(id)) {
                throw new MalformedMessageException("what runs have left");
            }
        }
        return new LeftRuns(ids, text.startsWith("+"));
    }
}
