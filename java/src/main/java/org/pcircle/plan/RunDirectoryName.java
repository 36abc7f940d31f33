package org.pcircle.plan;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;
import java.util.List;
import org.pcircle.fs.Entry;
import org.pcircle.fs.Errno;
import org.pcircle.fs.FileException;
import org.pcircle.fs.OutputFile;
import org.pcircle.fs.Stat;
import org.pcircle.fs.TreePath;

/**
 * Chooses the name of the directory that holds a run's files: {@code .fcp}, unless another entry has that name, or it
 * is another user's directory that is not accessible to this user.
 */
public final class RunDirectoryName {

    private static final byte[] USUAL_BYTES = RunNames.STATE.getBytes(UTF_8);

    private RunDirectoryName() {}

    /** The name for a run that copies these roots. */
    public static String of(List<Root> roots, String id) {
        return isTaken(roots, id) ? RunNames.unusualState(id) : RunNames.STATE;
    }

    private static boolean isTaken(List<Root> roots, String id) {
        Root first = roots.get(0);
        if (roots.size() == 1 && Entry.of(first.record()).isDirectory()) {
            boolean isCopied = !first.left().fill() && isThere(first.source().show(TreePath.TOP));
            return isCopied || isClosed(first.target().show(TreePath.TOP), id);
        }
        for (Root root : roots) {
            if (Arrays.equals(root.target().name(), USUAL_BYTES)) {
                return true;
            }
        }
        return isClosed(first.target().base(), id);
    }

    private static boolean isThere(byte[] directory) {
        try {
            Stat.at(TreePath.join(directory, USUAL_BYTES), false);
            return true;
        } catch (FileException e) {
            return false; // if it is inaccessible, its first use reports it
        }
    }

    /**
     * Whether a directory has an entry of that name in which this run cannot have its files: not a directory, or
     * another user's.
     */
    private static boolean isClosed(byte[] directory, String id) {
        byte[] path = TreePath.join(directory, USUAL_BYTES);
        try {
            if (!Entry.of(Stat.at(path, false)).isDirectory()) {
                return true;
            }
            OutputFile.check(TreePath.join(path, id.getBytes(US_ASCII)));
            return false;
        } catch (FileException e) {
            return e.errno() == Errno.EACCES.number();
        }
    }
}
