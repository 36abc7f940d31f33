package org.pcircle.plan;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;
import java.util.List;
import org.pcircle.fs.Described;
import org.pcircle.fs.Entry;
import org.pcircle.fs.FileException;
import org.pcircle.fs.TreePath;

/** What the directory is called in which a run keeps its own files: {@code .fcp}, unless something else has that name. */
public final class StateName {

    private static final byte[] USUAL_BYTES = RunNames.STATE.getBytes(UTF_8);

    private StateName() {}

    /** For a run that copies these roots. */
    public static String of(List<Root> roots, String id) {
        return isTaken(roots) ? RunNames.unusualState(id) : RunNames.STATE;
    }

    private static boolean isTaken(List<Root> roots) {
        Root first = roots.get(0);
        if (roots.size() == 1 && Entry.of(first.record()).isDirectory()) {
            boolean isCopied = !first.left().fill() && isThere(first.source().show(TreePath.TOP), false);
            return isCopied || isThere(first.target().show(TreePath.TOP), true);
        }
        for (Root root : roots) {
            if (Arrays.equals(root.target().name(), USUAL_BYTES)) {
                return true;
            }
        }
        return isThere(first.target().base(), true);
    }

    /** Whether a directory holds something of that name; perhaps one that is no directory itself, as other runs' would be. */
    private static boolean isThere(byte[] directory, boolean unlessDirectory) {
        try {
            Entry found = Entry.of(Described.at(TreePath.join(directory, USUAL_BYTES), false));
            return !(unlessDirectory && found.isDirectory());
        } catch (FileException e) {
            return false; // and if it could not be looked at, it will be said when it is needed
        }
    }
}
